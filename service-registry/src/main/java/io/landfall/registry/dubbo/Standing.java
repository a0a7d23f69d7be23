package io.landfall.registry.dubbo;

import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Sees what stands in a registry, where one can look. Implementations are safe for any thread. */
interface Standing {

    /** Of a registry that nobody can look into, or whose client keeps its entries itself, as Nacos' does. */
    Standing UNSEEN = new Standing() {
        @Override
        public boolean has(URL entry) {
            return false;
        }

        @Override
        public boolean lacks(URL entry) {
            return false;
        }

        @Override
        public void makeRoom(URL entry) {}

        @Override
        public List<URL> ofSamePod(URL entry) {
            return List.of();
        }
    };

    /** Whether an entry is there for certain. */
    boolean has(URL entry);

    /** Whether an entry is missing for certain. */
    boolean lacks(URL entry);

    /** Makes what an entry stands in, if it is missing. */
    void makeRoom(URL entry);

    /** The entries of the same service and pod, this one among them. */
    List<URL> ofSamePod(URL entry);

    /** By Dubbo's own client of a ZooKeeper; not at all in other registries. */
    static Standing of(Registry registry, ApplicationModel application) {
        return ZooKeeperNodes.areIn(registry) ? new ZooKeeperNodes(registry, application) : UNSEEN;
    }
}
