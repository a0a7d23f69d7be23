package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.resilience4j.core.IntervalFunction;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the revision that a version's live pointer says, and offers it. */
final class LiveRevision {

    private static final Logger log = LoggerFactory.getLogger(LiveRevision.class);

    /** A follower comes again by itself, so its requests need not be patient. */
    private static final ApiRequests.Limits LIMITS = new ApiRequests.Limits(
            Duration.ofSeconds(5),
            3,
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(200), 2, 0.5, Duration.ofSeconds(1)));

    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(1), 2, 0.5, Duration.ofMinutes(1));

    private final ConfigMapStore store;
    private final String place;
    private final Snapshot base;
    private final Duration patience;
    private final ScheduledExecutorService worker;
    private @Nullable ScheduledFuture<?> again;

    LiveRevision(
            KubernetesClient client,
            String namespace,
            Snapshot base,
            Duration patience,
            ScheduledExecutorService worker) {
        this.store = new ConfigMapStore(client, namespace, LIMITS);
        this.base = base;
        this.place =
                "ConfigMap " + namespace + "/" + StoredForm.nameOf(base.id().base());
        this.patience = patience;
        this.worker = worker;
    }

    /**
     * That the pointer can be read.
     *
     * @throws SnapshotException saying why not
     */
    void probe() {
        store.live(base.id().base());
    }

    /** In one line, for the log. */
    static String reason(SnapshotException e) {
        return e.violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
    }

    /** Within its patience, or not at all. */
    Optional<Snapshot> atStart() {
        Future<Optional<Snapshot>> answer = worker.submit(this::other);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return afterFailure(e);
        } catch (TimeoutException e) {
            return unknown("no answer within " + patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    private Optional<Snapshot> other() {
        SnapshotId version = base.id().base();
        SnapshotId live = store.live(version).orElse(version);
        return live.equals(base.id()) ? Optional.empty() : Optional.of(load(live));
    }

    private Optional<Snapshot> afterFailure(ExecutionException e) {
        if (e.getCause() instanceof UnavailableException failure) {
            return unknown(reason(failure));
        }
        throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
    }

    private Optional<Snapshot> unknown(String reason) {
        log.warn("Starting with {}: what is live is not known: {}", base.id(), reason);
        return Optional.empty();
    }

    /** What the pointer says now. On the worker. */
    void seen(ObjectMeta first, LiveSnapshot live) {
        SnapshotId version = base.id().base();
        ScheduledFuture<?> planned = again;
        if (planned != null) {
            planned.cancel(false);
        }
        try {
            SnapshotLabels.require(SnapshotLabels.ofRevision(version), first, place, version);
            offer(SnapshotLabels.live(version, first, place), 1, live);
        } catch (SnapshotException e) {
            live.refuse("of " + place, e);
        }
    }

    private void offer(SnapshotId target, int attempt, LiveSnapshot live) {
        try {
            Snapshot current = live.current();
            live.offer(current.id().equals(target) ? current : load(target));
        } catch (UnavailableException e) {
            if (attempt == 1) {
                log.warn("{} is live and cannot be loaded yet, will try again: {}", target, reason(e));
            }
            again = worker.schedule(
                    () -> offer(target, attempt + 1, live), PAUSES.apply(attempt), TimeUnit.MILLISECONDS);
        } catch (SnapshotException e) {
            live.refuse(target.revision(), e);
        }
    }

    private Snapshot load(SnapshotId target) {
        if (target.equals(base.id())) {
            return base;
        }
        return store.find(target)
                .orElseThrow(() -> new SnapshotException(
                        "Snapshot " + target,
                        List.of(new Violation(
                                place,
                                "it says that " + target.revision() + " is live, and there is no such snapshot",
                                "publish it, or move the live pointer"))));
    }
}
