package io.landfall.shutdown.dubbo.consumer;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A call enters a hop while another thread replaces it: no call is in a hop that was found empty. */
@JCStressTest
@Outcome(id = "old, in use", expect = Expect.ACCEPTABLE, desc = "the call was first, and the mover saw it")
@Outcome(id = "new, empty", expect = Expect.ACCEPTABLE, desc = "the mover was first, and the call saw it")
@Outcome(id = "new, in use", expect = Expect.ACCEPTABLE, desc = "the call was on its way out again")
@Outcome(id = "old, empty", expect = Expect.FORBIDDEN, desc = "the call is in a hop that is closed")
@State
public class EnterAndReplace {

    private final Hop<Runnable> old = new Hop<>(new Nobody(), null);
    private final Hop<Runnable> next = new Hop<>(new Nobody(), null);
    private final CurrentHop<Runnable> current = new CurrentHop<>(old);

    /** Made by jcstress. */
    public EnterAndReplace() {}

    /** A call that does not end yet. */
    @Actor
    public void call(LL_Result result) {
        result.r1 = current.enter() == old ? "old" : "new";
    }

    /** A move. */
    @Actor
    public void move(LL_Result result) {
        current.replace(next);
        result.r2 = old.isEmpty() ? "empty" : "in use";
    }

    private static final class Nobody implements Invoker<Runnable> {
        @Override
        public Class<Runnable> getInterface() {
            return Runnable.class;
        }

        @Override
        public Result invoke(Invocation invocation) throws RpcException {
            throw new RpcException("nobody is called here");
        }

        @Override
        public URL getUrl() {
            return URL.valueOf("tri://192.0.2.1:20880");
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void destroy() {}
    }
}
