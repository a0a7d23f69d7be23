package io.landfall.shutdown;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A drain that begins while the application starts: it refuses in the end, whoever was first. */
@JCStressTest
@Outcome(id = "REFUSING, false", expect = Expect.ACCEPTABLE, desc = "it refuses, and a prober hears so")
@Outcome(expect = Expect.FORBIDDEN, desc = "it accepts after it has refused")
@State
public class AcceptAndRefuse {

    private final Readiness readiness = new Readiness();

    /** Made by jcstress. */
    public AcceptAndRefuse() {}

    /** The application has started. */
    @Actor
    public void accept() {
        readiness.accept();
    }

    /** The drain begins. */
    @Actor
    public void refuse() {
        readiness.refuse();
    }

    /** Somebody asks afterwards. */
    @Arbiter
    public void ask(LL_Result result) {
        result.r1 = readiness.state();
        result.r2 = readiness.probe();
    }
}
