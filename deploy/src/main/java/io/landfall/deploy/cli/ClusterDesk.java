package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.cluster.KubernetesReleaseCluster;
import io.landfall.deploy.cluster.LeaseElection;
import io.landfall.deploy.cluster.Submission;
import io.landfall.deploy.gate.HttpCheck;
import io.landfall.deploy.gate.PrometheusCheck;
import io.landfall.deploy.release.Gates;
import io.landfall.deploy.release.ReleaseCluster;
import io.landfall.deploy.release.ReleaseEngine;
import io.landfall.deploy.release.ReleaseOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The releases of a namespace of a cluster, seen through its watches. */
final class ClusterDesk implements ReleaseDesk {

    private static final Duration FIRST_SIGHT = Duration.ofSeconds(30);
    private static final Duration GATE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final Troubles troubles;
    private final KubernetesReleaseCluster cluster;
    private final EngineLease lease;
    private final Semaphore changes = new Semaphore(0);

    private ClusterDesk(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
        this.troubles = new Troubles(client, namespace);
        this.cluster = new KubernetesReleaseCluster(client, namespace, troubles);
        this.lease = new EngineLease(client, namespace, clock);
    }

    /** Returns when everything was seen once. The client is closed with it. */
    static ReleaseDesk open(KubernetesClient client, Clock clock) {
        String namespace = Optional.ofNullable(client.getNamespace()).orElse("default");
        ClusterDesk desk = new ClusterDesk(client, namespace, clock);
        try {
            desk.look();
            return desk;
        } catch (RuntimeException failed) {
            desk.close();
            throw failed;
        }
    }

    /** One is as good as many, and whoever never waits would count without end. */
    private void changed() {
        if (changes.availablePermits() == 0) {
            changes.release();
        }
    }

    private void look() {
        // Watches try again and again; whoever has no rights, or no cluster, hears of it from this.
        client.configMaps()
                .inNamespace(namespace)
                .list(new ListOptionsBuilder().withLimit(1L).build());
        troubles.start();
        cluster.onChange(workload -> changed());
        try {
            cluster.start().get(FIRST_SIGHT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException unseen) {
            throw new UnseenException(namespace + " of " + client.getMasterUrl()
                    + " cannot be watched, or not all of it: " + "landfall doctor says what is missing");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnseenException("interrupted while looking at " + namespace);
        }
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public ReleaseCluster cluster() {
        return cluster;
    }

    @Override
    public Draft draft(Request request) {
        ReleaseOrder order = order(new Submission(client, namespace, clock), request);
        return new Draft(order, replicas(order), new Changes(client, namespace).of(order));
    }

    private static ReleaseOrder order(Submission submission, Request request) {
        if (request instanceof Request.Release release) {
            return submission.release(release.flow(), release.object(), release.first(), release.terms());
        }
        if (request instanceof Request.Scale scale) {
            return submission.scale(scale.workload(), scale.replicas(), scale.terms());
        }
        Request.Rollback rollback = (Request.Rollback) request;
        OptionalLong revision = rollback.revision();
        return submission.rollback(rollback.workload(), revision, rollback.terms());
    }

    private int replicas(ReleaseOrder order) {
        return cluster.workload(order)
                .map(view -> view.replicas())
                .orElseGet(() -> order.target() instanceof io.landfall.deploy.release.Target.NewRevision target
                        ? target.revision().replicas()
                        : 0);
    }

    @Override
    public Optional<String> engine() {
        return lease.holder();
    }

    @Override
    public Driving drive() {
        LeaseElection election = new LeaseElection(client, namespace, EngineLease.identity());
        ReleaseEngine engine = ReleaseEngine.on(cluster, election)
                .gates(new Gates(List.of(new HttpCheck(GATE), new PrometheusCheck(GATE))))
                .clock(clock)
                .start();
        election.start();
        return () -> {
            engine.close();
            election.close();
        };
    }

    @Override
    public void awaitChange(Duration most) throws InterruptedException {
        if (changes.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
            changes.drainPermits();
        }
    }

    @Override
    public void close() {
        cluster.close();
        troubles.close();
        client.close();
    }

    /** A namespace that cannot be looked at. */
    static final class UnseenException extends RefusedException {
        private static final long serialVersionUID = 1L;

        UnseenException(String what) {
            super(List.of(new Violation("the cluster", what, "see to it, and try again")));
        }
    }
}
