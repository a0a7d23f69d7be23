package io.landfall.registry.dubbo;

import io.landfall.shutdown.Readiness;
import io.landfall.shutdown.dubbo.DubboDrain;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Says when a balancer may route to this pod. */
interface Admission {

    /** Runs an action then; must not block. */
    void whenRouted(Runnable action);

    /**
     * By the readiness that graceful-shutdown shows to probes; at once, where that module is not there.
     */
    static Admission of(ApplicationModel application) {
        return gracefulShutdownIsThere() ? ByProbe.of(application) : Runnable::run;
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
            Readiness readiness =
                    DubboDrain.of(application.getFrameworkModel()).drain().readiness();
            return readiness::whenSeenReady;
        }
    }
}
