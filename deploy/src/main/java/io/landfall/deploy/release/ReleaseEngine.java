package io.landfall.deploy.release;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries orders out: looks at each when something changes and when its time comes, does one thing for it, and looks again. What it knows
 * is in the cluster, so it may be closed, killed or replaced at any time. Of several engines the one that is elected acts.
 */
public final class ReleaseEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReleaseEngine.class);
    private static final Duration LOOK_AT_ALL = Duration.ofSeconds(30);
    private static final int WORKERS = 16;

    private final ReleaseCluster cluster;
    private final Election election;
    private final Look look;
    private final ScheduledThreadPoolExecutor workers;
    private final EngineMetrics metrics;
    private final Map<WorkloadName, Visit> visits = new ConcurrentHashMap<>();
    private final List<AutoCloseable> listening = new ArrayList<>();

    private ReleaseEngine(Builder builder) {
        cluster = builder.cluster;
        election = builder.election;
        look = new Look(cluster, builder.gates, builder.clock);
        workers = new ScheduledThreadPoolExecutor(builder.workers, ReleaseEngine::thread);
        workers.setRemoveOnCancelPolicy(true);
        metrics = new EngineMetrics(builder.meters, visits);
    }

    /** An engine for the orders of a cluster, which is closed by whoever made it. */
    public static Builder on(ReleaseCluster cluster, Election election) {
        return new Builder(cluster, election);
    }

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "landfall-release-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private void start() {
        listening.add(cluster.onChange(this::wake));
        Future<?> again =
                workers.scheduleWithFixedDelay(this::lookAtAll, 0, LOOK_AT_ALL.toMillis(), TimeUnit.MILLISECONDS);
        listening.add(() -> again.cancel(false));
        listening.add(election.onChange(this::elected));
    }

    private void elected() {
        try {
            workers.execute(this::lookAtAll);
        } catch (RejectedExecutionException closed) {
            log.trace("elected after it was closed");
        }
    }

    /** Nothing depends on it but what no change tells: the first time, and a change that was missed. */
    private void lookAtAll() {
        try {
            cluster.orders().stream()
                    .filter(stored -> stored.outcome().isEmpty())
                    .forEach(stored -> wake(stored.order().workload()));
        } catch (RuntimeException failed) {
            log.warn("orders cannot be read: {}; again in {} s", failed.toString(), LOOK_AT_ALL.toSeconds());
        }
    }

    /** Within the map's lock, so that no visit is woken that is over: there would soon be two at one workload. */
    private void wake(WorkloadName workload) {
        visits.compute(workload, (name, visit) -> {
            Visit there = visit == null ? new Visit(name, look, election, metrics, workers, this::over) : visit;
            there.wake();
            return there;
        });
    }

    /** Unless it was woken meanwhile: then there is a new order. */
    private void over(Visit visit) {
        visits.computeIfPresent(visit.workload(), (name, there) -> there == visit && !visit.woken() ? null : there);
    }

    /** At once. What is being written may be written yet; another engine, or this one started anew, goes on from there. */
    @Override
    public void close() {
        workers.shutdownNow();
        listening.forEach(ReleaseEngine::close);
    }

    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception failed) {
            log.debug("a listener was not removed: {}", failed.toString());
        }
    }

    /** What an engine needs beside a cluster. */
    public static final class Builder {

        private final ReleaseCluster cluster;
        private final Election election;
        private Gates gates = new Gates(List.of());
        private Clock clock = Clock.systemUTC();
        private MeterRegistry meters = new CompositeMeterRegistry();
        private int workers = WORKERS;

        private Builder(ReleaseCluster cluster, Election election) {
            this.cluster = cluster;
            this.election = election;
        }

        /** Without these it knows {@link Gate.Restarts} only. */
        public Builder gates(Gates checked) {
            gates = checked;
            return this;
        }

        /** What time it is. Pauses are real ones. */
        public Builder clock(Clock told) {
            clock = told;
            return this;
        }

        /** Where {@code landfall.release.*} go. */
        public Builder meters(MeterRegistry registry) {
            meters = registry;
            return this;
        }

        /** How many orders are looked at side by side; 16 if nothing is said. */
        public Builder workers(int threads) {
            workers = threads;
            return this;
        }

        /** Begins. */
        public ReleaseEngine start() {
            ReleaseEngine engine = new ReleaseEngine(this);
            engine.start();
            return engine;
        }
    }
}
