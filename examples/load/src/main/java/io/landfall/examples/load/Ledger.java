package io.landfall.examples.load;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The books of one run. A call is opened once and settled once, as answered or as lost; what is open when the books are
 * closed is lost. Thread-safe: one lock, since even thousands of calls a second leave it idle.
 */
final class Ledger {

    /** Under what name a call is lost that was still open at the end. */
    static final String NEVER_ANSWERED = "NeverAnswered";
    /** Under what name a call is lost that was due while too many were in flight. */
    static final String TOO_MANY_IN_FLIGHT = "TooManyInFlight";

    private final Set<Call> open = new HashSet<>();
    private final TreeMap<Long, LoadSecond> seconds = new TreeMap<>();
    private final TreeMap<String, Long> lostByType = new TreeMap<>();
    private final Histogram latency = new Histogram(3);
    private final Histogram overhead = new Histogram(3);
    private long sent;
    private long answered;
    private long lost;

    /** Counts a call as sent. */
    synchronized Call open(long dueNanos, long dueSecond, int workMillis) {
        Call call = new Call(dueNanos, dueSecond, workMillis);
        open.add(call);
        sent++;
        second(call).sent++;
        return call;
    }

    /** Settles a call; false if it was settled before, since a second answer changes nothing. */
    synchronized boolean answered(Call call, String provider, long nowNanos) {
        if (!open.remove(call)) {
            return false;
        }
        answered++;
        second(call).answeredBy(provider);
        long waited = Math.max(0, nowNanos - call.dueNanos);
        latency.recordValue(waited / 1000);
        overhead.recordValue(Math.max(0, waited / 1000 - call.workMillis * 1000L));
        return true;
    }

    /** Settles a call; false if it was settled before. */
    synchronized boolean lost(Call call, String name) {
        if (!open.remove(call)) {
            return false;
        }
        lost++;
        lostByType.merge(name, 1L, Long::sum);
        second(call).lostAs(name);
        return true;
    }

    synchronized int inFlight() {
        return open.size();
    }

    synchronized Progress progress(long second) {
        @Nullable LoadSecond tally = seconds.get(second);
        return new Progress(
                second, sent, answered, lost, open.size(), tally == null ? Map.of() : Map.copyOf(tally.providers));
    }

    /**
     * Settles what is still open as lost and gives the result.
     *
     * @throws MiscountException if a call was sent that is neither answered nor lost
     */
    synchronized LoadReport close(String name, long startedAtMillis) {
        for (Call call : Set.copyOf(open)) {
            lost(call, NEVER_ANSWERED);
        }
        requireBalance();
        return new LoadReport(
                name,
                startedAtMillis,
                sent,
                answered,
                lost,
                new TreeMap<>(lostByType),
                Latencies.of(latency),
                Latencies.of(overhead),
                seconds.values().stream().map(LoadSecond::tally).toList());
    }

    private void requireBalance() {
        long named = lostByType.values().stream().mapToLong(Long::longValue).sum();
        if (sent != answered + lost || named != lost || latency.getTotalCount() != answered) {
            throw new MiscountException(sent, answered, lost, named, latency.getTotalCount());
        }
        for (LoadSecond second : seconds.values()) {
            second.requireBalance();
        }
    }

    private LoadSecond second(Call call) {
        return seconds.computeIfAbsent(call.dueSecond, LoadSecond::new);
    }

    /** One call; equal to itself only. */
    static final class Call {
        private final long dueNanos;
        private final long dueSecond;
        private final int workMillis;

        private Call(long dueNanos, long dueSecond, int workMillis) {
            this.dueNanos = dueNanos;
            this.dueSecond = dueSecond;
            this.workMillis = workMillis;
        }

        int workMillis() {
            return workMillis;
        }
    }
}
