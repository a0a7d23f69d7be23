package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.cluster.KubernetesReleaseCluster;
import io.landfall.deploy.cluster.Submission;
import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Directive;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.Outcome;
import io.landfall.deploy.release.Progress;
import io.landfall.deploy.release.ReleaseCluster;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import io.landfall.deploy.release.StoredOrder;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadView;
import io.landfall.e2e.cluster.TestNamespace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who gives release orders for one Deployment and says how they go on. Whoever carries them out is elsewhere. */
public final class Releases implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Releases.class);
    private static final String AUTHOR = "a test";
    private static final Duration BOUND = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Submission submission;
    private final KubernetesReleaseCluster cluster;
    private final WorkloadName workload;

    private Releases(TestNamespace namespace, String deployment) {
        KubernetesClient client = namespace.client();
        submission = new Submission(client, namespace.name(), Clock.systemUTC());
        cluster = new KubernetesReleaseCluster(client, namespace.name(), pod -> Optional.empty());
        workload = new WorkloadName(WorkloadName.Kind.DEPLOYMENT, namespace.name(), deployment);
        cluster.start().join();
    }

    /** For a Deployment that may not be there yet. */
    public static Releases of(TestNamespace namespace, String deployment) {
        return new Releases(namespace, deployment);
    }

    /** From batch to batch by itself. A batch that is not ready within the patience has failed. */
    public static Conduct automatic(OnFailure onFailure, Duration patience) {
        return new Conduct(Strategy.STOP_FIRST, Advance.AUTOMATIC, Duration.ZERO, patience, onFailure, List.of());
    }

    /** Somebody admits each batch after the first. */
    public static Conduct byHand() {
        return new Conduct(Strategy.STOP_FIRST, Advance.MANUAL, Duration.ZERO, PATIENCE, OnFailure.PAUSE, List.of());
    }

    /** Orders what is rendered, with its batches by hand or not. */
    public StoredOrder release(HasMetadata rendered, String batches, Conduct conduct) {
        Manifest manifest =
                new Manifest(rendered.getKind(), rendered.getMetadata().getName(), Serialization.asJson(rendered));
        return accept(submission.release(Flow.ONLINE, manifest, List.of(), terms(batches, conduct)));
    }

    /** Orders the revision before what is there. */
    public StoredOrder rollback(String batches, Conduct conduct) {
        return accept(submission.rollback(workload, OptionalLong.empty(), terms(batches, conduct)));
    }

    /** Orders another number of pods. */
    public StoredOrder scale(int replicas, String batches, Conduct conduct) {
        return accept(submission.scale(workload, replicas, terms(batches, conduct)));
    }

    private static Terms terms(String batches, Conduct conduct) {
        return new Terms(Batches.parse(batches), conduct, AUTHOR, true);
    }

    /** Orders what is rendered, for whichever Deployment it is. */
    public static StoredOrder order(TestNamespace namespace, HasMetadata rendered, String batches, Conduct conduct) {
        Submission submission = new Submission(namespace.client(), namespace.name(), Clock.systemUTC());
        Manifest manifest =
                new Manifest(rendered.getKind(), rendered.getMetadata().getName(), Serialization.asJson(rendered));
        ReleaseOrder order = submission.release(Flow.ONLINE, manifest, List.of(), terms(batches, conduct));
        return new io.landfall.deploy.cluster.Orders(namespace.client(), namespace.name())
                .accept(order)
                .orElseThrow(() -> new IllegalStateException("another order has not ended"));
    }

    /** How many orders of a namespace have ended as they were to. */
    public static long done(TestNamespace namespace) {
        return new io.landfall.deploy.cluster.Orders(namespace.client(), namespace.name())
                .all().stream()
                        .flatMap(listed -> listed.order().stream())
                        .filter(stored -> stored.outcome()
                                .filter(outcome -> outcome.result() == Outcome.Result.DONE)
                                .isPresent())
                        .count();
    }

    private StoredOrder accept(ReleaseOrder order) {
        return cluster.accept(order).orElseThrow(() -> new IllegalStateException("another order has not ended"));
    }

    /** Admits the next batches, up to this one. */
    public void admit(int batch) {
        say(directive -> directive.admit(batch, AUTHOR));
    }

    /** Wants something else from now on. */
    public void want(Directive.Wish wish) {
        say(directive -> directive.say(wish, AUTHOR));
    }

    /** Wants what was there before. */
    public void back() {
        say(directive -> directive.back(false, AUTHOR));
    }

    private void say(UnaryOperator<Directive> change) {
        Await.until("somebody is heard", () -> {
            StoredOrder now = order();
            return cluster.write(now.with(change.apply(now.directive()))) == ReleaseCluster.Written.DONE;
        });
    }

    /** The order that was accepted last. */
    public StoredOrder order() {
        return cluster.order(workload).orElseThrow();
    }

    /** What is there of the workload. */
    public Optional<WorkloadView> view() {
        return cluster.workload(order().order());
    }

    /** Returns when the pods of a batch are ready, and nothing but they. */
    public void awaitBatch(int batch, int pods) {
        await("batch " + batch, () -> progress().filter(p -> p.batch() == batch).isPresent() && ready() == pods);
    }

    /** Returns when so many pods of the new template are there, ready or not. */
    public void awaitNew(int pods) {
        await(
                pods + " new pods",
                () -> view().map(v -> v.pods().stream()
                                        .filter(pod -> pod.current() && !pod.terminating())
                                        .count())
                                .orElse(0L)
                        >= pods);
    }

    /** Returns when the release goes no further without somebody, and why. */
    public String awaitHold() {
        await("a hold", () -> progress().flatMap(Progress::hold).isPresent());
        return progress().flatMap(Progress::hold).orElseThrow();
    }

    /** Returns how the order ended. */
    public Outcome awaitEnd() {
        await("the end of the release", () -> order().outcome().isPresent());
        return order().outcome().orElseThrow();
    }

    /** How long the order took, by its own clock. */
    public Duration took() {
        Instant ended = order().outcome().orElseThrow().ended();
        return Duration.between(order().order().created(), ended);
    }

    private void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Await.until(what, BOUND, condition);
        } catch (ConditionTimeoutException late) {
            log.error("No {}: {} and {}", what, order(), view());
            throw late;
        }
    }

    private Optional<Progress> progress() {
        return view().flatMap(WorkloadView::progress);
    }

    private int ready() {
        return (int) view().orElseThrow().pods().stream()
                .filter(pod ->
                        pod.current() && !pod.terminating() && pod.readySince().isPresent())
                .count();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
