package io.landfall.examples.quickstart;

import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.dubbo.GreetingService;
import io.landfall.examples.quickstart.balancer.Balancer;
import io.landfall.examples.quickstart.process.Await;
import io.landfall.examples.quickstart.process.Child;
import io.landfall.examples.quickstart.registry.LocalZooKeeper;
import io.landfall.examples.quickstart.report.CallTotals;
import io.landfall.examples.quickstart.report.Drains;
import io.landfall.examples.quickstart.report.History;
import io.landfall.examples.quickstart.report.RunResult;
import io.landfall.examples.quickstart.report.Shares;
import io.landfall.examples.quickstart.report.Window;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One run: the old world and the pods come up, consumers call, the shares are counted, the pods are released, the shares
 * are counted again. The schedule is the same for all runs.
 */
final class Run {

    private static final Duration LEGACY_BOUND = Duration.ofSeconds(60);
    /** For the load to reach its rate, connections to be made and classes to be loaded, before shares are counted. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    /** How long a slow machine may take to catch up with the first calls. */
    private static final Duration CATCH_UP_BOUND = Duration.ofSeconds(60);
    /**
     * A stock consumer that has had ten notifications of its registry reads the following ones only every five seconds
     * (Dubbo's {@code RegistryNotifier}); twice that, and it knows the last of the new pods.
     */
    private static final Duration SETTLE = Duration.ofSeconds(11);

    private final RunName name;
    private final Launcher launcher;
    private final Network network;
    private final Settings settings;
    private final Live live;
    private final Timeline timeline;

    Run(RunName name, Launcher launcher, Network network, Settings settings, Live live) {
        this.name = name;
        this.launcher = launcher;
        this.network = network;
        this.settings = settings;
        this.live = live;
        timeline = new Timeline(live::say);
    }

    RunResult run() throws IOException, InterruptedException {
        InetSocketAddress eip = new InetSocketAddress(network.address(Network.EIP), network.dubboPort());
        try (LocalZooKeeper registry = LocalZooKeeper.start(settings.zooKeeperData());
                Balancer balancer = new Balancer(eip, settings.choice())) {
            live.begin(name);
            Cluster cluster = new Cluster(name, launcher, network, balancer, registry);
            List<Child> legacy = startAll(cluster, registry);
            Consumers consumers = Consumers.start(launcher, name, registry.url(), settings.folder());
            live.follow(consumers);
            return underLoad(cluster, legacy, consumers);
        } finally {
            live.end();
        }
    }

    /** All at once: on two cores this is as long as it takes either way, and shorter on more. */
    private List<Child> startAll(Cluster cluster, LocalZooKeeper registry) {
        live.say("starting the old world and the pods");
        List<Child> legacy = Network.OLD_WORLD.stream()
                .map(host -> launcher.legacy(name, registry.url(), host))
                .toList();
        cluster.start(Network.OLD_PODS);
        for (Child process : legacy) {
            String host = Network.OLD_WORLD.get(legacy.indexOf(process));
            Await.until("the registry's entry of " + Cluster.describe(process), LEGACY_BOUND, () -> {
                process.requireAlive();
                return registry.entries(GreetingService.class.getName()).of(host) > 0;
            });
        }
        cluster.awaitServing();
        return legacy;
    }

    private RunResult underLoad(Cluster cluster, List<Child> legacy, Consumers consumers) throws IOException {
        Runnable allAlive = () -> {
            legacy.forEach(Child::requireAlive);
            cluster.requireAlive();
            consumers.requireAlive();
        };
        pass(WARM_UP, allAlive);
        Await.until("the providers to catch up with the first calls", CATCH_UP_BOUND, () -> {
            allAlive.run();
            // Two consumers' calls of half a second; with 150 ms of work on average, the load explains a third of it.
            return consumers.standing().inFlight() < settings.ratePerConsumer();
        });
        Window before = count("shares before", allAlive);
        Drains drains = new Release(cluster, timeline).rollOut(Network.NEW_PODS);
        pass(SETTLE, allAlive);
        Window after = count("shares after", allAlive);
        live.say("stopping the load, waiting for the calls in flight");
        return result(consumers.stop(), before, after, drains);
    }

    private Window count(String what, Runnable allAlive) {
        timeline.mark(what + ": from here");
        long from = System.currentTimeMillis();
        // The window is made of whole seconds, and would be short of one otherwise.
        pass(settings.window().plusSeconds(1), allAlive);
        timeline.mark(what + ": to here");
        return Window.between(from, System.currentTimeMillis());
    }

    private RunResult result(List<LoadReport> books, Window before, Window after, Drains drains) {
        Map<String, Double> sharesBefore = Shares.of(providers(Network.OLD_PODS), before.answers(books));
        Map<String, Double> sharesAfter = Shares.of(providers(Network.NEW_PODS), after.answers(books));
        return new RunResult(
                name.protocol(),
                name.mode().word(),
                CallTotals.of(books),
                new Shares(sharesBefore, sharesAfter),
                drains,
                History.of(books, timeline.moments()));
    }

    private static List<String> providers(List<String> pods) {
        List<String> providers = new ArrayList<>(Network.OLD_WORLD);
        providers.addAll(pods);
        return providers;
    }

    /** Lets time pass, which is what the load needs; ends early if a process dies. */
    private static void pass(Duration time, Runnable allAlive) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            allAlive.run();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
