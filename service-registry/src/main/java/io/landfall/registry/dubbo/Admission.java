package io.landfall.registry.dubbo;

import io.landfall.shutdown.Readiness;
import io.landfall.shutdown.dubbo.DubboDrain;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Knows when a balancer may route to this pod, and when nobody is left whom it has routed there. */
interface Admission {

    /** At once, both. */
    Admission UNKNOWN = new Admission() {
        @Override
        public void whenRouted(Runnable action) {
            action.run();
        }

        @Override
        public void entered(String token) {}

        @Override
        public void whenLeft(Runnable action) {
            action.run();
        }
    };

    /** Runs an action when a balancer may route here; must not block. */
    void whenRouted(Runnable action);

    /** An entry stands for this pod; consumers that come by it send its token. */
    void entered(String token);

    /** Runs an action when consumers' connections have ended, if a drain is ending them; otherwise at once. */
    void whenLeft(Runnable action);

    /**
     * By the readiness that graceful-shutdown shows to probes; at once, where that module is not there.
     */
    static Admission of(ApplicationModel application) {
        return gracefulShutdownIsThere() ? ByProbe.of(application) : UNKNOWN;
    }

    static boolean gracefulShutdownIsThere() {
        try {
            Class.forName("io.landfall.shutdown.dubbo.DubboDrain", false, Admission.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** A class of its own, so that the optional module is looked up only where it is there. */
    final class ByProbe {
        private ByProbe() {}

        static Admission of(ApplicationModel application) {
            DubboDrain drain = DubboDrain.of(application.getFrameworkModel());
            Readiness readiness = drain.drain().readiness();
            return new Admission() {
                @Override
                public void whenRouted(Runnable action) {
                    readiness.whenSeenReady(action);
                }

                @Override
                public void entered(String token) {
                    drain.entered(token);
                }

                @Override
                public void whenLeft(Runnable action) {
                    drain.withdrawWhenLeft(action);
                }
            };
        }
    }
}
