package io.landfall.registry.dubbo;

import io.landfall.shutdown.dubbo.DubboDrain;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.jspecify.annotations.Nullable;

/** Keeps the connections of consumers evenly spread over the pods behind one address. */
interface Evenness {

    /** Whoever is there. */
    Evenness NONE = new Evenness() {
        @Override
        public void entered(@Nullable Registry registry, URL provider, int entries) {}

        @Override
        public void withdrawn(URL provider) {}
    };

    /**
     * A provider has been entered.
     *
     * @param registry that lists its consumers; null: none does
     * @param entries how many times
     */
    void entered(@Nullable Registry registry, URL provider, int entries);

    /** It is in that registry no longer. */
    void withdrawn(URL provider);

    /** By graceful-shutdown, which can end a connection without losing a call; not at all, where that module is not there. */
    static Evenness of(ApplicationModel application) {
        return Admission.gracefulShutdownIsThere() ? ByRetirement.of(application.getFrameworkModel()) : NONE;
    }

    /** A class of its own, so that the optional module is looked up only where it is there. */
    final class ByRetirement {
        private ByRetirement() {}

        static Evenness of(FrameworkModel framework) {
            // One for all registries of a framework: they share the connections.
            synchronized (framework) {
                ConnectionShare known = framework.getBeanFactory().getBean(ConnectionShare.class);
                if (known == null) {
                    known = new ConnectionShare(DubboDrain.of(framework).consumerConnections());
                    framework.getBeanFactory().registerBean(known);
                }
                return known;
            }
        }
    }
}
