package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.release.WorkloadName.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine with its threads. What it decides is tried elsewhere. */
@Timeout(60)
class ReleaseEngineTest {

    /** A round of {@link #await} is a second here and microseconds on the clock, and a thread may not be scheduled for seconds. */
    private static final Duration A_CENTURY = Duration.ofDays(36_500);

    private static class Leader implements Election {

        private final AtomicLong epoch;
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        Leader(long epoch) {
            this.epoch = new AtomicLong(epoch);
        }

        @Override
        public OptionalLong epoch() {
            return epoch.get() == 0 ? OptionalLong.empty() : OptionalLong.of(epoch.get());
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void elected(long now) {
            epoch.set(now);
            listeners.forEach(Runnable::run);
        }
    }

    private final ClusterModel cluster = new ClusterModel();
    private final List<WorkloadName> names = new ArrayList<>();
    private final List<ReleaseEngine> started = new ArrayList<>();

    private ReleaseEngine start(ReleaseEngine.Builder builder) {
        ReleaseEngine engine = builder.clock(clock()).start();
        started.add(engine);
        return engine;
    }

    @AfterEach
    void close() {
        started.forEach(ReleaseEngine::close);
    }

    private WorkloadName deployment(int pods) {
        WorkloadName name = new WorkloadName(Kind.DEPLOYMENT, "shop", "orders-" + names.size());
        names.add(name);
        cluster.workloads.put(name, new DeploymentModel(name, "v1", pods, World.NATIVE));
        cluster.settle();
        cluster.pass(Duration.ofMinutes(1));
        cluster.settle();
        return name;
    }

    private void release(WorkloadName name, List<Gate> gates) {
        release(name, gates, List.of());
    }

    private void release(WorkloadName name, List<Gate> gates, List<Manifest> first) {
        ReleaseOrder.Conduct conduct = new ReleaseOrder.Conduct(
                ReleaseOrder.Strategy.STOP_FIRST,
                ReleaseOrder.Advance.AUTOMATIC,
                Duration.ZERO,
                A_CENTURY,
                ReleaseOrder.OnFailure.PAUSE,
                gates);
        cluster.accept(new ReleaseOrder(
                "release-of-" + name.name(),
                Flow.ONLINE,
                name,
                new Target.NewRevision(Manifests.revision("v2", 4, World.NATIVE), first),
                Optional.of(Manifests.revision("v1", 4, World.NATIVE)),
                Batches.parse("2"),
                conduct,
                "anna",
                cluster.now()));
    }

    private Clock clock() {
        InstantSource source = cluster::now;
        return source.withZone(ZoneOffset.UTC);
    }

    private boolean ended(WorkloadName name) {
        return cluster.order(name).flatMap(StoredOrder::outcome).isPresent();
    }

    /** As time goes by. */
    private static void until(BooleanSupplier condition) {
        // All orders are looked at every 30 seconds, whoever tells.
        Instant last = Instant.now().plusSeconds(25);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(last);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Controllers work, and time passes, until it is true. */
    private void await(BooleanSupplier condition) {
        Instant last = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(last);
            cluster.settle();
            cluster.pass(Duration.ofSeconds(1));
            names.forEach(cluster::tell);
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldCarryOutAHundredOrdersSideBySide() {
        for (int order = 0; order < 100; order++) {
            release(deployment(4), List.of());
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ReleaseEngine engine = start(ReleaseEngine.on(cluster, new Leader(1)).meters(meters));
        await(() -> names.stream().allMatch(this::ended));
        // Without telling anybody: whoever is told looks again, and runs.
        until(() -> meters.get("landfall.release.running").gauge().value() == 0);
        engine.close();

        cluster.settle();
        assertThat(cluster.workloads.values())
                .allSatisfy(workload -> assertThat(workload.living("v2")).isEqualTo(4));
        assertThat(meters.get("landfall.release.ended")
                        .tag("result", "done")
                        .counter()
                        .count())
                .isEqualTo(100);
    }

    @Test
    void shouldNotLetASlowGateHoldTheOthers() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Gates gates = new Gates(List.of((gate, order, seen) -> {
            asked.countDown();
            awaitQuietly(answer);
            return Optional.of(new Verdict.Passed());
        }));
        WorkloadName slow = deployment(4);
        WorkloadName quick = deployment(4);
        release(slow, List.of(new Gate.Http(java.net.URI.create("http://127.0.0.1/"))));
        release(quick, List.of());
        ReleaseEngine engine =
                start(ReleaseEngine.on(cluster, new Leader(1)).gates(gates).workers(2));
        await(() -> asked.getCount() == 0 && ended(quick));
        assertThat(ended(slow)).isFalse();
        answer.countDown();
        await(() -> ended(slow));
        engine.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldNotWaitForSomebodyToTellOfWhatComesFirst() {
        WorkloadName name = deployment(4);
        cluster.autoscalers.put(name, ReleaseCluster.AutoscalerState.FREE);
        release(name, List.of(), List.of(new Manifest("ConfigMap", "settings", "{}")));
        ReleaseEngine engine = start(ReleaseEngine.on(cluster, new Leader(1)));

        until(() -> cluster.writes.size() >= 3);
        assertThat(cluster.writes.get(2)).startsWith("admits batch 1");
        engine.close();
    }

    @Test
    void shouldWaitUntilItIsElected() {
        WorkloadName name = deployment(4);
        release(name, List.of());
        Leader leader = new Leader(0);
        ReleaseEngine engine = start(ReleaseEngine.on(cluster, leader));
        cluster.tell(name);
        assertThat(cluster.writes).isEmpty();
        leader.elected(3);
        await(() -> ended(name));
        engine.close();
    }

    @Test
    void shouldKeepNothingOfWhatAnotherEngineCarriesOut() {
        release(deployment(4), List.of());
        AtomicInteger asked = new AtomicInteger();
        Leader other = new Leader(0) {
            @Override
            public OptionalLong epoch() {
                asked.incrementAndGet();
                return super.epoch();
            }
        };
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ReleaseEngine engine = start(ReleaseEngine.on(cluster, other).meters(meters));
        await(() -> asked.get() > 0);
        await(() -> meters.get("landfall.release.running").gauge().value() == 0);
        engine.close();
    }

    @Test
    void shouldTryAgainAfterAFailure() {
        WorkloadName name = deployment(4);
        release(name, List.of());
        AtomicInteger failures = new AtomicInteger(2);
        Leader election = new Leader(1) {
            @Override
            public OptionalLong epoch() {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("the API server is away");
                }
                return super.epoch();
            }
        };
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ReleaseEngine engine = start(ReleaseEngine.on(cluster, election).meters(meters));
        await(() -> ended(name));
        engine.close();

        assertThat(meters.get("landfall.release.writes")
                        .tag("result", "failed")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenItIsElectedAgainAfterAFailure() {
        WorkloadName name = deployment(4);
        release(name, List.of());
        AtomicInteger asked = new AtomicInteger();
        Leader election = new Leader(0) {
            @Override
            public OptionalLong epoch() {
                if (asked.incrementAndGet() == 1) {
                    throw new IllegalStateException("the API server is away");
                }
                return super.epoch();
            }
        };
        ReleaseEngine engine = start(ReleaseEngine.on(cluster, election));
        await(() -> asked.get() >= 2);
        election.elected(2);
        await(() -> ended(name));
        engine.close();
    }

    @Test
    void shouldGoOnWhereAClosedEngineStopped() {
        WorkloadName name = deployment(4);
        release(name, List.of());
        for (long epoch = 1; !ended(name); epoch++) {
            int writes = cluster.writes.size();
            ReleaseEngine engine = start(ReleaseEngine.on(cluster, new Leader(epoch)));
            await(() -> cluster.writes.size() > writes || ended(name));
            engine.close();
        }
        // The last engine may still be about to say what it has written.
        await(() -> cluster.writes.size() >= 4);
        cluster.settle();
        assertThat(cluster.writes).doesNotHaveDuplicates().hasSize(4);
        assertThat(cluster.there(name).living("v2")).isEqualTo(4);
    }
}
