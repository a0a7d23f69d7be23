package io.landfall.e2e.field;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.cluster.KubernetesReleaseCluster;
import io.landfall.deploy.release.Decision;
import io.landfall.deploy.release.Election;
import io.landfall.deploy.release.ReleaseCluster;
import io.landfall.deploy.release.ReleaseEngine;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** An engine of deploy, which can die at any of its writes. Then another one begins. */
public final class Engine implements AutoCloseable {

    private final KubernetesReleaseCluster cluster;
    private final Mortal mortal;
    private final ReleaseEngine engine;
    private final CompletableFuture<Engine> successor;

    private Engine(KubernetesClient client, String namespace, long epoch, int death, boolean done) {
        cluster = new KubernetesReleaseCluster(client, namespace, pod -> Optional.empty());
        cluster.start().join();
        mortal = new Mortal(cluster, death, done);
        successor = mortal.end.thenApplyAsync(dead -> start(client, namespace, epoch + 1));
        engine = ReleaseEngine.on(mortal, new Elected(epoch)).start();
    }

    /** One that lives until it is closed. */
    public static Engine start(KubernetesClient client, String namespace, long epoch) {
        return new Engine(client, namespace, epoch, Integer.MAX_VALUE, false);
    }

    /**
     * One that dies, as if by {@code kill -9}.
     *
     * @param death at which of its writes, from 1
     * @param done whether that write is done yet, and only its answer is not heard
     */
    public static Engine mortal(KubernetesClient client, String namespace, long epoch, int death, boolean done) {
        return new Engine(client, namespace, epoch, death, done);
    }

    /** How many writes there have been. */
    public int writes() {
        return mortal.writes();
    }

    /** Whether it died. */
    public boolean dead() {
        return mortal.end.isDone();
    }

    @Override
    public void close() {
        engine.close();
        cluster.close();
        if (dead()) {
            successor.join().close();
        }
    }

    /** Elections are tried elsewhere; here an engine's term begins when the test says so. */
    private record Elected(long number) implements Election {
        @Override
        public OptionalLong epoch() {
            return OptionalLong.of(number);
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            return () -> {};
        }
    }

    /** Counts writes, and does nothing any more from the fatal one on. */
    private static final class Mortal implements ReleaseCluster {
        private final ReleaseCluster real;
        private final int death;
        private final boolean done;
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private int writes;

        Mortal(ReleaseCluster real, int death, boolean done) {
            this.real = real;
            this.death = death;
            this.done = done;
        }

        synchronized int writes() {
            return writes;
        }

        @Override
        public Written carryOut(StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
            return living(order, seen, decision).orElseGet(Mortal::stopped);
        }

        private synchronized Optional<Written> living(
                StoredOrder order, Optional<WorkloadView> seen, Decision decision) {
            if (end.isDone()) {
                return Optional.empty();
            }
            writes++;
            if (writes < death) {
                return Optional.of(real.carryOut(order, seen, decision));
            }
            if (done) {
                real.carryOut(order, seen, decision);
            }
            end.complete(true);
            return Optional.empty();
        }

        /** A dead process' threads say nothing more; this one ends when the engine is closed. */
        private static Written stopped() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return Written.STALE;
        }

        @Override
        public List<StoredOrder> orders() {
            return real.orders();
        }

        @Override
        public Optional<StoredOrder> order(WorkloadName workload) {
            return real.order(workload);
        }

        @Override
        public Optional<StoredOrder> accept(ReleaseOrder order) {
            return real.accept(order);
        }

        @Override
        public Written write(StoredOrder changed) {
            return real.write(changed);
        }

        @Override
        public Optional<WorkloadView> workload(ReleaseOrder order) {
            return real.workload(order);
        }

        @Override
        public AutoscalerState autoscaler(WorkloadName workload) {
            return real.autoscaler(workload);
        }

        @Override
        public boolean prepared(ReleaseOrder order) {
            return real.prepared(order);
        }

        @Override
        public AutoCloseable onChange(Consumer<WorkloadName> listener) {
            return real.onChange(listener);
        }
    }
}
