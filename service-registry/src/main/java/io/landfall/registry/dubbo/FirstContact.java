package io.landfall.registry.dubbo;

import io.landfall.registry.RegistrySettings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.deploy.ApplicationDeployer;

/**
 * Lets a start wait for its ZooKeeper, where Dubbo would give up after half a minute.
 *
 * <p>Dubbo cannot start without it: it is also where it reads its configuration, once, and not again when it comes later. So
 * the start does not go on, and the process is not ready, until one of the servers answers (decision 0018). Safe for any
 * thread.
 */
final class FirstContact {

    private static final String ZOOKEEPER = "zookeeper";
    private static final int DEFAULT_PORT = 2181;

    private final Set<String> made = ConcurrentHashMap.newKeySet();

    /**
     * Returns at once, unless Dubbo is just starting, in a pod, and has not been here before.
     *
     * @param server of a registry, a configuration or a metadata centre
     * @throws IllegalStateException if the thread is interrupted, as it is when the JVM ends
     */
    void await(URL server) {
        if (!ZOOKEEPER.equals(server.getProtocol()) || !starts(server) || !inAPod()) {
            return;
        }
        String addresses = server.getBackupAddress(DEFAULT_PORT);
        if (!made.contains(addresses)) {
            new ZooKeeperServers(addresses).await();
            made.add(addresses);
        }
    }

    /** The same for what Dubbo can start without, if {@code check=false} says that it may. */
    void awaitUnlessUnchecked(URL server) {
        if (server.getParameter(CommonConstants.CHECK_KEY, true)) {
            await(server);
        }
    }

    /** Who asks for another registry later, perhaps while it serves, gets Dubbo's own answer. */
    private static boolean starts(URL server) {
        ApplicationDeployer deployer = server.getOrDefaultApplicationModel().getDeployer();
        return deployer != null && (deployer.isPending() || deployer.isStarting());
    }

    /** Outside one, a developer wants to hear at once. What is wrong with settings is said when a provider comes. */
    private static boolean inAPod() {
        try {
            return RegistrySettings.ofThisJvm().enabled();
        } catch (IllegalArgumentException saidLater) {
            return false;
        }
    }
}
