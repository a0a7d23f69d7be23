package io.landfall.shutdown;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Somebody waits to be seen ready while two probers ask: the action runs once. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "once")
@Outcome(expect = Expect.FORBIDDEN, desc = "never, or more than once")
@State
public class SeenReady {

    private final Readiness readiness = new Readiness();
    private final AtomicInteger registered = new AtomicInteger();

    /** Made by jcstress. */
    public SeenReady() {
        readiness.expectProbes();
        readiness.accept();
    }

    /** Wants to register. */
    @Actor
    public void waitForIt() {
        readiness.whenSeenReady(registered::incrementAndGet);
    }

    /** A prober. */
    @Actor
    public void probe() {
        readiness.probe();
    }

    /** Another one. */
    @Actor
    public void probeToo() {
        readiness.probe();
    }

    /** How often it registered. */
    @Arbiter
    public void count(I_Result result) {
        result.r1 = registered.get();
    }
}
