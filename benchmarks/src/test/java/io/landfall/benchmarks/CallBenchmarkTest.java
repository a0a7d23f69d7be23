package io.landfall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.dubbo.rpc.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallBenchmarkTest {

    private final CallBenchmark benchmark = new CallBenchmark();
    private final CallBenchmark.Caller caller = new CallBenchmark.Caller();

    @AfterEach
    void destroy() {
        benchmark.destroy();
    }

    @Test
    void shouldMeasureAServletThatIsReached() throws Exception {
        assertThat(benchmark.http(caller)).isEqualTo(1);
        assertThat(benchmark.httpWithLandfall(caller)).isEqualTo(2);
    }

    @Test
    void shouldMeasureAProviderThatAnswers() throws Exception {
        assertThat(((Result) benchmark.dubbo(caller)).getValue()).isEqualTo("hello");
        assertThat(((Result) benchmark.dubboWithLandfall(caller)).getValue()).isEqualTo("hello");
    }
}
