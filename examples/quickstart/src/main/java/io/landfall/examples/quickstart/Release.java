package io.landfall.examples.quickstart;

import io.landfall.examples.quickstart.process.CannotRunException;
import io.landfall.examples.quickstart.report.Drains;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The rolling release: batch by batch, the old pods are stopped first, then the new ones started. */
final class Release {

    /** As in most pod templates; who is still there afterwards is killed. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int BATCH = 2;

    private final Cluster cluster;
    private final Timeline timeline;
    private final Map<String, Double> drainSeconds = new LinkedHashMap<>();
    private final List<String> killed = new ArrayList<>();

    Release(Cluster cluster, Timeline timeline) {
        this.cluster = cluster;
        this.timeline = timeline;
    }

    /** Replaces all pods by new ones of the given names. */
    Drains rollOut(List<String> newNames) {
        List<Pod> old = cluster.pods();
        for (int from = 0; from < old.size(); from += BATCH) {
            int to = Math.min(from + BATCH, old.size());
            String batch = "batch " + (from / BATCH + 1);
            stop(batch, old.subList(from, to));
            start(batch, newNames.subList(from, to));
        }
        return new Drains(drainSeconds, killed);
    }

    private void stop(String batch, List<Pod> pods) {
        timeline.mark(batch + ": SIGTERM");
        pods.forEach(cluster::terminate);
        long sent = System.nanoTime();
        List<Pod> running = new ArrayList<>(pods);
        while (!running.isEmpty()) {
            double seconds = (System.nanoTime() - sent) / 1e9;
            running.stream()
                    .filter(pod -> !pod.process().isAlive())
                    .forEach(pod -> drainSeconds.put(pod.name(), seconds));
            running.removeIf(pod -> !pod.process().isAlive());
            if (seconds > GRACE_PERIOD.toSeconds()) {
                running.forEach(this::kill);
            }
            cluster.requireAlive();
            LockSupport.parkNanos(POLL_NANOS);
        }
        timeline.mark(batch + ": old pods gone");
    }

    private void kill(Pod pod) {
        if (!killed.contains(pod.name())) {
            killed.add(pod.name());
            pod.process().kill();
            timeline.mark(pod.name() + " killed after its grace period");
        }
        if (!pod.process().awaitExit(Duration.ofSeconds(5))) {
            throw new CannotRunException("Gave up after 5 s waiting for the end of " + Cluster.describe(pod.process())
                    + ", which was killed.");
        }
    }

    private void start(String batch, List<String> names) {
        cluster.start(names);
        cluster.awaitServing();
        timeline.mark(batch + ": new pods serve");
    }
}
