package io.landfall.deploy.release;

import io.landfall.deploy.release.Look.Looked;
import io.landfall.deploy.release.ReleaseCluster.Written;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The looks at one workload's order, one at a time: when something changes, when its time comes, and after a failure. */
final class Visit implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Visit.class);
    private static final Duration WRITE_IS_SEEN_BY = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofMillis(100);

    private final WorkloadName workload;
    private final Look look;
    private final Election election;
    private final EngineMetrics metrics;
    private final ScheduledExecutorService workers;
    private final Consumer<Visit> over;
    private final Pauses pauses = new Pauses();

    private @Nullable Future<?> next;
    private boolean looking;
    private boolean again;
    private Optional<String> before = Optional.empty();
    private long writtenAt;

    Visit(
            WorkloadName workload,
            Look look,
            Election election,
            EngineMetrics metrics,
            ScheduledExecutorService workers,
            Consumer<Visit> over) {
        this.workload = workload;
        this.look = look;
        this.election = election;
        this.metrics = metrics;
        this.workers = workers;
        this.over = over;
    }

    /** Something has changed. After a failure its pause is kept: what changes does not mend an API server. */
    synchronized void wake() {
        again = true;
        if (!looking && !pauses.failing()) {
            in(Duration.ZERO);
        }
    }

    /** Since the look began that is being taken. */
    synchronized boolean woken() {
        return again;
    }

    WorkloadName workload() {
        return workload;
    }

    private synchronized void in(Duration pause) {
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = workers.schedule(this, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.trace("{}: the engine is closed", workload);
        }
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        Optional<Duration> pause = Optional.empty();
        try {
            pause = look();
        } catch (RuntimeException failed) {
            pause = Optional.of(failed(failed));
        } finally {
            end(pause);
        }
    }

    private synchronized boolean begin() {
        if (looking) {
            return false;
        }
        looking = true;
        again = false;
        return true;
    }

    private synchronized void end(Optional<Duration> pause) {
        looking = false;
        if (again && !pauses.failing()) {
            in(Duration.ZERO);
        } else {
            pause.ifPresent(this::in);
        }
    }

    /** Returns when to look again though nothing changes. */
    private Optional<Duration> look() {
        OptionalLong epoch = election.epoch();
        if (epoch.isEmpty()) {
            // Not elected: nothing has failed, and whoever is elected again is woken by that.
            pauses.worked();
            over.accept(this);
            return Optional.empty();
        }
        Optional<Looked> looked = look.at(workload, epoch.getAsLong(), unseen());
        pauses.worked();
        looked.ifPresentOrElse(metrics::looked, () -> over.accept(this));
        return looked.flatMap(this::pauseAfter);
    }

    /** What a write was decided from, as long as a watch may not have told of that write. */
    private Optional<String> unseen() {
        return before.filter(version -> seenIn().compareTo(Duration.ZERO) > 0);
    }

    private Duration seenIn() {
        return WRITE_IS_SEEN_BY.minusNanos(System.nanoTime() - writtenAt);
    }

    private Optional<Duration> pauseAfter(Looked looked) {
        if (looked.did(Written.DONE)) {
            writtenAt = System.nanoTime();
            before = looked.seenAtOnce() ? Optional.empty() : Optional.of(looked.version());
            return Optional.of(looked.seenAtOnce() ? Duration.ZERO : WRITE_IS_SEEN_BY);
        }
        if (looked.unseen()) {
            // Not every write is told of, and what is told meanwhile may be older than it.
            return Optional.of(seenIn().isNegative() ? Duration.ZERO : seenIn());
        }
        before = Optional.empty();
        if (looked.did(Written.STALE)) {
            return Optional.of(STALE);
        }
        return looked.decision() instanceof Decision.Wait wait ? wait.until().map(look::until) : Optional.empty();
    }

    private Duration failed(RuntimeException failure) {
        metrics.failed();
        before = Optional.empty();
        Duration pause = pauses.afterFailure();
        if (workers.isShutdown()) {
            log.debug("{}: the engine was closed in the middle of {}", workload, failure.toString());
            return pause;
        }
        log.warn("{}: {}; again in {} ms", workload, failure.toString(), pause.toMillis());
        log.debug("{}", workload, failure);
        return pause;
    }
}
