package io.landfall.benchmarks;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.landfall.shutdown.InFlight;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counting one call in and out: {@link InFlight}, which also keeps the call's name and age, beside a Resilience4j semaphore
 * bulkhead that never fills up. All threads of a run share one of each, as the requests of a service do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InFlightBenchmark {

    private static final int NEVER_FULL = 1_000_000;

    private final InFlight inFlight = new InFlight("benchmark");
    private final Bulkhead bulkhead = Bulkhead.of(
            "benchmark", BulkheadConfig.custom().maxConcurrentCalls(NEVER_FULL).build());

    /** Made by JMH. */
    public InFlightBenchmark() {}

    /** How many calls are running now. */
    int running() {
        return inFlight.count();
    }

    /** Ours. */
    @Benchmark
    public void inFlight() {
        long call = inFlight.enter("Greeting.greet");
        inFlight.exit(call);
    }

    /** The peer's cheapest way in and out: no event is published at the end. */
    @Benchmark
    public boolean bulkhead() {
        boolean permitted = bulkhead.tryAcquirePermission();
        bulkhead.releasePermission();
        return permitted;
    }

    /** The peer as its own decorators use it. */
    @Benchmark
    public boolean bulkheadWithEvents() {
        boolean permitted = bulkhead.tryAcquirePermission();
        bulkhead.onComplete();
        return permitted;
    }
}
