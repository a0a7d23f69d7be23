package io.landfall.registry.dubbo;

import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.remoting.zookeeper.curator5.ZookeeperClient;
import org.apache.dubbo.remoting.zookeeper.curator5.ZookeeperClientManager;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

/** The nodes of entries in a ZooKeeper, named as Dubbo's {@code ZookeeperRegistry} names them. Safe for any thread. */
final class ZooKeeperNodes implements Standing {

    private static final String ZOOKEEPER = "zookeeper";
    private static final String CLIENTS = "org.apache.dubbo.remoting.zookeeper.curator5.ZookeeperClientManager";
    private static final String DEFAULT_ROOT = "dubbo";

    private final Registry registry;
    private final ApplicationModel application;
    private final String root;
    private @Nullable ZookeeperClient client;

    ZooKeeperNodes(Registry registry, ApplicationModel application) {
        this.registry = registry;
        this.application = application;
        String group = registry.getUrl().getGroup(DEFAULT_ROOT);
        String absolute = group.startsWith("/") ? group : "/" + group;
        this.root = absolute.endsWith("/") ? absolute : absolute + "/";
    }

    /** Dubbo's client has moved between its versions; where it is not, nothing is looked at. */
    static boolean areIn(Registry registry) {
        if (!ZOOKEEPER.equals(registry.getUrl().getProtocol())) {
            return false;
        }
        try {
            Class.forName(CLIENTS, false, ZooKeeperNodes.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public boolean has(URL entry) {
        return registry.isAvailable() && client().checkExists(node(entry));
    }

    /** Dubbo's client takes an error for "missing", so there must have been a connection before and after. */
    @Override
    public boolean lacks(URL entry) {
        return registry.isAvailable() && !client().checkExists(node(entry)) && registry.isAvailable();
    }

    /** Dubbo's client remembers which folders it has made, and looks for them no more: one that lost its data has none. */
    @Override
    public void makeRoom(URL entry) {
        String folder = folder(entry) + "/";
        for (int end = folder.indexOf('/', 1); end > 0; end = folder.indexOf('/', end + 1)) {
            String ancestor = folder.substring(0, end);
            if (!client().checkExists(ancestor)) {
                client().createOrUpdate(ancestor, "", false);
            }
        }
    }

    @Override
    public List<URL> ofSamePod(URL entry) {
        String pod = entry.getParameter(ProviderEntries.POD, "");
        List<String> nodes = client().getChildren(folder(entry));
        if (nodes == null) {
            return List.of();
        }
        // There may be thousands: few are worth being parsed.
        String encoded = URL.encode(ProviderEntries.POD + "=" + pod);
        return nodes.stream()
                .filter(node -> node.contains(encoded))
                .map(node -> URL.valueOf(URL.decode(node)))
                .filter(url -> pod.equals(url.getParameter(ProviderEntries.POD)))
                .toList();
    }

    private String folder(URL entry) {
        return root + URL.encode(entry.getServiceInterface()) + "/"
                + entry.getCategory(RegistryConstants.PROVIDERS_CATEGORY);
    }

    private String node(URL entry) {
        return folder(entry) + "/" + URL.encode(entry.toFullString());
    }

    /** The registry's own, which Dubbo keeps by the address and the user. */
    private synchronized ZookeeperClient client() {
        ZookeeperClient known = client;
        if (known == null) {
            known = ZookeeperClientManager.getInstance(application).connect(registry.getUrl());
            client = known;
        }
        return known;
    }
}
