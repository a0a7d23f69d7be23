package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainMetricsTest {

    private final Drain drain = new Drain(new DrainPolicy(
            Duration.ofMillis(300), Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldShowReadinessAsItChanges() {
        new DrainMetrics(drain).bindTo(registry);
        assertThat(value("landfall.readiness")).isZero();

        drain.readiness().accept();
        assertThat(value("landfall.readiness")).isEqualTo(1);

        drain.readiness().refuse();
        assertThat(value("landfall.readiness")).isZero();
    }

    @Test
    void shouldShowTheCallsOfEachKind() {
        InFlight dubbo = drain.inFlight("dubbo");
        InFlight http = drain.inFlight("http");
        new DrainMetrics(drain).bindTo(registry);

        dubbo.enter("a");
        dubbo.enter("b");
        http.exit(http.enter("c"));

        assertThat(running("dubbo")).isEqualTo(2);
        assertThat(running("http")).isZero();
    }

    @Test
    void shouldShowAKindThatIsAskedForAfterBinding() {
        new DrainMetrics(drain).bindTo(registry);
        SimpleMeterRegistry second = new SimpleMeterRegistry();
        new DrainMetrics(drain).bindTo(second);

        drain.inFlight("dubbo").enter("late");

        assertThat(running("dubbo")).isEqualTo(1);
        assertThat(second.get("landfall.inflight").tag("kind", "dubbo").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void shouldShowPhasesAndCutsOnceItDrained() {
        drain.inFlight("dubbo").enter("endless");
        new DrainMetrics(drain).bindTo(registry);
        assertThat(phase("withdrawn")).isNaN();
        assertThat(value("landfall.drain.cut")).isZero();

        drain.run("test");

        assertThat(value("landfall.drain.cut")).isEqualTo(1);
        assertThat(phase("refusing")).isNotNegative();
        assertThat(phase("forced")).isPositive();
        assertThat(phase("closed")).isNotNegative();
        assertThat(phase("quiet")).isNaN();
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    private double running(String kind) {
        return registry.get("landfall.inflight").tag("kind", kind).gauge().value();
    }

    private double phase(String phase) {
        return registry.get("landfall.drain.duration")
                .tag("phase", phase)
                .timeGauge()
                .value(TimeUnit.MILLISECONDS);
    }
}
