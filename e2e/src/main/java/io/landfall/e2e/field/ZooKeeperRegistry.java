package io.landfall.e2e.field;

import io.landfall.examples.load.dubbo.GreetingService;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** A ZooKeeper in this process, at an address that both worlds reach. */
final class ZooKeeperRegistry implements Registry {

    private static final String PROVIDERS = "/dubbo/" + GreetingService.class.getName() + "/providers";
    private static final Pattern POD = Pattern.compile("[?&]landfall\\.pod=([^&]+?)(\\.\\d+)?(&|$)");
    private static final int ANY_PORT = -1;
    private static final int TICK_MILLIS = 2000;
    private static final int MOST_CLIENTS = 200;

    private final TestingServer server;
    private final CuratorFramework client;

    private ZooKeeperRegistry(TestingServer server) {
        this.server = server;
        client = CuratorFrameworkFactory.newClient(server.getConnectString(), new ExponentialBackoffRetry(100, 5));
        client.start();
    }

    static ZooKeeperRegistry start(String hostAddress) {
        // The data is thrown away: no need to wait for the disk.
        System.setProperty("zookeeper.forceSync", "no");
        InstanceSpec spec = new InstanceSpec(
                null, ANY_PORT, ANY_PORT, ANY_PORT, true, 1, TICK_MILLIS, MOST_CLIENTS, Map.of(), hostAddress);
        try {
            return new ZooKeeperRegistry(new TestingServer(spec, true));
        } catch (Exception cannotStart) {
            throw new IllegalStateException("ZooKeeper cannot listen on " + hostAddress, cannotStart);
        }
    }

    @Override
    public String url() {
        return "zookeeper://" + address();
    }

    /** Its address and port. */
    String address() {
        return server.getConnectString();
    }

    private List<String> entries() {
        try {
            if (client.checkExists().forPath(PROVIDERS) == null) {
                return List.of();
            }
            return client.getChildren().forPath(PROVIDERS).stream()
                    .map(node -> URLDecoder.decode(node, StandardCharsets.UTF_8))
                    .toList();
        } catch (Exception unreadable) {
            throw new IllegalStateException("the registry did not answer", unreadable);
        }
    }

    @Override
    public long entriesOf(String address) {
        return entries().stream()
                .filter(url -> url.contains("://" + address + ":") || url.contains("://" + address + "/"))
                .count();
    }

    @Override
    public Set<String> pods() {
        Set<String> pods = new TreeSet<>();
        for (String url : entries()) {
            Matcher pod = POD.matcher(url);
            if (pod.find()) {
                pods.add(pod.group(1));
            }
        }
        return pods;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
