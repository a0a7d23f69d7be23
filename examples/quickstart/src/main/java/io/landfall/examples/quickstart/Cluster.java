package io.landfall.examples.quickstart;

import io.landfall.examples.load.dubbo.GreetingService;
import io.landfall.examples.quickstart.balancer.Backend;
import io.landfall.examples.quickstart.balancer.Balancer;
import io.landfall.examples.quickstart.balancer.ReadinessCheck;
import io.landfall.examples.quickstart.process.Await;
import io.landfall.examples.quickstart.process.Child;
import io.landfall.examples.quickstart.registry.Entries;
import io.landfall.examples.quickstart.registry.LocalZooKeeper;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What Kubernetes does for the pods: starts them, puts them behind the external address, asks them to end. */
final class Cluster {

    private static final Duration START_BOUND = Duration.ofSeconds(60);

    private final RunName run;
    private final Launcher launcher;
    private final Network network;
    private final Balancer balancer;
    private final LocalZooKeeper registry;
    private final List<Pod> pods = new ArrayList<>();

    Cluster(RunName run, Launcher launcher, Network network, Balancer balancer, LocalZooKeeper registry) {
        this.run = run;
        this.launcher = launcher;
        this.network = network;
        this.balancer = balancer;
        this.registry = registry;
    }

    /** The pods that are there now. */
    List<Pod> pods() {
        return List.copyOf(pods);
    }

    /** Starts pods; they are not ready yet. */
    void start(List<String> names) {
        for (String name : names) {
            Child process = launcher.pod(run, registry.url(), name);
            Backend backend = new Backend(name, dubbo(name), readiness(name));
            balancer.add(backend);
            pods.add(new Pod(name, process, backend));
        }
    }

    /** Returns once every pod gets connections and the registry tells consumers about it. */
    void awaitServing() {
        for (Pod pod : pods) {
            Await.until("the readiness of " + describe(pod.process()), START_BOUND, () -> {
                pod.process().requireAlive();
                return pod.backend().isReady();
            });
            Await.until("the registry's entry of " + describe(pod.process()), START_BOUND, () -> {
                pod.process().requireAlive();
                return isEntered(pod);
            });
        }
    }

    /** Sends SIGTERM, and takes the pod out of the endpoints. */
    void terminate(Pod pod) {
        pod.backend().terminating();
        pod.process().terminate();
        pods.remove(pod);
    }

    /** Fails if a pod that was not asked to end is gone. */
    void requireAlive() {
        pods.forEach(pod -> pod.process().requireAlive());
    }

    /** Stock pods cannot be told apart in the registry, only counted: that is one half of the problem shown here. */
    private boolean isEntered(Pod pod) {
        Entries entries = registry.entries(GreetingService.class.getName());
        return switch (run.mode()) {
            case STOCK -> entries.of(Network.EIP) >= pods.size();
            case LANDFALL -> entries.hasPod(pod.name());
        };
    }

    private InetSocketAddress dubbo(String name) {
        return new InetSocketAddress(network.address(name), network.dubboPort());
    }

    private ReadinessCheck readiness(String name) {
        return switch (run.mode()) {
            case STOCK -> ReadinessCheck.tcp(dubbo(name));
            case LANDFALL ->
                ReadinessCheck.http(
                        URI.create("http://" + network.address(name) + ":" + network.probePort() + "/readyz"));
        };
    }

    static String describe(Child process) {
        return process.name() + " (log: " + process.log() + ")";
    }
}
