package io.landfall.e2e.interfaces;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.examples.quickstart.balancer.Backend;
import io.landfall.examples.quickstart.balancer.Balancer;
import io.landfall.examples.quickstart.balancer.Choice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.InstanceSpec;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.protocol.dubbo.DubboProtocol;
import org.apache.dubbo.rpc.service.GenericService;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.Watcher;
import org.awaitility.Awaitility;

/**
 * A process with ten pods of a hundred interfaces each, a balancer before them that chooses at random, and one stock consumer of all.
 * Writes down what the consumer and the registry hold, and how long starting took. The pods are Dubbos in one process;
 * connections, entries and the consumer are as real as any.
 */
public final class ManyInterfaces {

    /** How many pods there are. */
    public static final int PODS = 10;
    /** How many interfaces each has. */
    public static final int INTERFACES = 100;
    /** So many connections of a consumer to one pod are promised below names. */
    public static final int MOST_TO_ONE_POD = 4;
    /** Below it, each pod has a name for each entry. */
    public static final String DOMAIN = "pods.landfall.test";

    private static final Duration BOUND = Duration.ofMinutes(2);

    private final Way way;
    private final String host;
    private final String zooKeeper;
    private final Balancer balancer;
    private final List<FrameworkModel> pods = new ArrayList<>();

    private ManyInterfaces(Way way, String host, String zooKeeper) throws IOException {
        this.way = way;
        this.host = host;
        this.zooKeeper = zooKeeper;
        balancer = new Balancer(new InetSocketAddress(host, 0), Choice.named("random"));
    }

    /** The name of a pod. */
    public static String pod(int number) {
        return "orders-" + number;
    }

    /**
     * Runs, and ends the process.
     *
     * @param args the {@link Way}, this machine's address, where the ZooKeeper listens, and the file for the figures
     */
    public static void main(String[] args) throws Exception {
        Figures figures = new ManyInterfaces(Way.valueOf(args[0]), args[1], args[2]).measure();
        new ObjectMapper().writeValue(Path.of(args[3]).toFile(), figures);
        // Ten drains would measure something else.
        Runtime.getRuntime().halt(0);
    }

    private Figures measure() throws Exception {
        describeAddress();
        long providing = System.nanoTime();
        IntStream.range(0, PODS).forEach(this::provide);
        try (CuratorFramework registry = CuratorFrameworkFactory.newClient(zooKeeper, new RetryOneTime(100))) {
            registry.start();
            Awaitility.await().atMost(BOUND).until(() -> entries(registry) >= expectedEntries());
            long consuming = System.nanoTime();
            List<GenericService> services = consume();
            services.forEach(service -> service.$invoke("hello", new String[0], new Object[0]));
            long done = System.nanoTime();
            Awaitility.await().atMost(BOUND).until(() -> way != Way.NAMES || isSpread());
            List<Integer> connections = connections();
            long entries = entries(registry);
            return new Figures(
                    way,
                    connections.stream().mapToInt(Integer::intValue).sum(),
                    Collections.max(connections),
                    entries,
                    TimeUnit.NANOSECONDS.toMillis(consuming - providing),
                    TimeUnit.NANOSECONDS.toMillis(done - consuming),
                    notificationsOfAPodThatLeaves(registry, entries),
                    entries(registry));
        }
    }

    /** What a registry tells everyone who has subscribed to all interfaces. */
    private long notificationsOfAPodThatLeaves(CuratorFramework registry, long entries) throws Exception {
        AtomicLong notifications = new AtomicLong();
        for (int i = 0; i < INTERFACES; i++) {
            registry.watchers()
                    .add()
                    .withMode(AddWatchMode.PERSISTENT)
                    .usingWatcher((Watcher) event -> notifications.incrementAndGet())
                    .forPath(providers(i));
        }
        pods.get(0).destroy();
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> entries(registry) == entries - INTERFACES && notifications.get() >= INTERFACES);
        return notifications.get();
    }

    /** All pods with one address and no Landfall are one entry for each interface. */
    private int expectedEntries() {
        return way == Way.ONE_ADDRESS ? INTERFACES : INTERFACES * PODS;
    }

    private void describeAddress() {
        int port = balancer.address().getPort();
        switch (way) {
            case POD_ADDRESSES -> {}
            case ONE_ADDRESS -> {
                System.setProperty("DUBBO_IP_TO_REGISTRY", host);
                System.setProperty("DUBBO_PORT_TO_REGISTRY", String.valueOf(port));
            }
            case OWN_CONNECTIONS -> {
                System.setProperty("landfall.registry.address", host + ":" + port);
                System.setProperty("landfall.registry.interfaces", String.valueOf(INTERFACES));
            }
            case NAMES -> System.setProperty("landfall.registry.address", "*." + DOMAIN + ":" + port);
        }
    }

    private void provide(int number) {
        System.setProperty("landfall.pod.name", pod(number));
        ProtocolConfig protocol = new ProtocolConfig("dubbo", InstanceSpec.getRandomPort());
        protocol.setHost(host);
        FrameworkModel pod = new FrameworkModel();
        pods.add(pod);
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(pod)
                .application(application("orders"))
                .registry(registry())
                .protocol(protocol);
        GenericService answers = (method, types, arguments) -> "hello";
        for (int i = 0; i < INTERFACES; i++) {
            ServiceConfig<GenericService> service = new ServiceConfig<>();
            service.setInterface(service(i));
            service.setRef(answers);
            bootstrap.service(service);
        }
        bootstrap.start();
        Backend backend = new Backend(pod(number), new InetSocketAddress(host, protocol.getPort()), () -> true);
        balancer.add(backend);
        Awaitility.await().atMost(BOUND).until(backend::isReady);
    }

    private List<GenericService> consume() {
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(new FrameworkModel())
                .application(application("shop"))
                .registry(registry());
        List<ReferenceConfig<GenericService>> references = IntStream.range(0, INTERFACES)
                .mapToObj(i -> {
                    ReferenceConfig<GenericService> reference = new ReferenceConfig<>();
                    reference.setInterface(service(i));
                    reference.setGeneric("true");
                    reference.setProtocol("dubbo");
                    reference.setParameters(Map.of("migration.step", "FORCE_INTERFACE"));
                    return reference;
                })
                .toList();
        references.forEach(bootstrap::reference);
        bootstrap.start();
        return references.stream().map(ReferenceConfig::get).toList();
    }

    /** A balancer's dice may fall on one pod more often; what a pod has too many of comes back to another. */
    private boolean isSpread() {
        return Collections.max(connections()) <= MOST_TO_ONE_POD;
    }

    private List<Integer> connections() {
        return pods.stream().map(ManyInterfaces::connections).toList();
    }

    private static int connections(FrameworkModel pod) {
        return DubboProtocol.getDubboProtocol(pod).getServers().stream()
                .mapToInt(server -> server.getRemotingServer().getChannels().size())
                .sum();
    }

    private static long entries(CuratorFramework registry) throws Exception {
        long entries = 0;
        for (int i = 0; i < INTERFACES; i++) {
            String path = providers(i);
            entries += registry.checkExists().forPath(path) == null
                    ? 0
                    : registry.getChildren().forPath(path).size();
        }
        return entries;
    }

    private static String providers(int number) {
        return "/dubbo/" + service(number) + "/providers";
    }

    private static String service(int number) {
        return "com.example.orders.Service" + number;
    }

    private static ApplicationConfig application(String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        application.setRegisterMode("interface");
        return application;
    }

    private RegistryConfig registry() {
        RegistryConfig config = new RegistryConfig("zookeeper://" + zooKeeper);
        config.setUseAsConfigCenter(false);
        config.setUseAsMetadataCenter(false);
        return config;
    }
}
