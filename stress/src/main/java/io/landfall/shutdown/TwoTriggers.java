package io.landfall.shutdown;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** SIGTERM and the sidecar's {@code /drain} at once: one drain, and one report for both. */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "one drain, one report")
@Outcome(expect = Expect.FORBIDDEN, desc = "two drains, or two reports")
@State
public class TwoTriggers {

    private final AtomicInteger drains = new AtomicInteger();
    private final Drain drain = new Drain(DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(1)));
    private @Nullable CompletableFuture<DrainReport> first;
    private @Nullable CompletableFuture<DrainReport> second;

    /** Made by jcstress. */
    public TwoTriggers() {
        drain.add(DrainStep.of("count", DrainPhase.REFUSING, drains::incrementAndGet));
    }

    /** SIGTERM. */
    @Actor
    public void signal() {
        first = drain.begin("SIGTERM");
    }

    /** The sidecar. */
    @Actor
    public void sidecar() {
        second = drain.begin("GET /drain");
    }

    /** What came of it. */
    @Arbiter
    public void compare(IL_Result result) {
        DrainReport one = Objects.requireNonNull(first).join();
        DrainReport other = Objects.requireNonNull(second).join();
        result.r1 = drains.get();
        result.r2 = one == other;
    }
}
