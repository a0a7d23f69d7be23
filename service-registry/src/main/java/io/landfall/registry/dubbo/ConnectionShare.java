package io.landfall.registry.dubbo;

import io.github.resilience4j.core.IntervalFunction;
import io.landfall.shutdown.dubbo.ConsumerConnections;
import io.landfall.shutdown.dubbo.ConsumerConnections.Holder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.resource.Disposable;
import org.apache.dubbo.registry.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the connections that a consumer has too many of to this pod.
 *
 * <p>kube-proxy chooses a pod at random for every new connection, and never again: of four connections of a consumer to four
 * pods, one pod often gets two and another one none. But how many are fair is known without asking anybody: a consumer opens one
 * connection for every entry, and as every pod has the same number of entries, each pod should have as many of its connections
 * as it has entries. A pod that has more retires the others; the consumer connects anew, to a pod chosen at random again; and
 * when no pod has too many of a consumer's, none has too few.
 */
final class ConnectionShare implements Evenness, Disposable {

    private static final Logger log = LoggerFactory.getLogger(ConnectionShare.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    /** A consumer that opens several connections for each entry, by its own will, would be asked forever: ever more rarely. */
    private static final IntervalFunction PAUSES = IntervalFunction.ofExponentialBackoff(500, 1.2, 60_000);
    /** Longer than a connection takes to come back, perhaps to this pod again. */
    private static final Duration EVEN_FOR_GOOD = Duration.ofSeconds(10);

    private final ConsumerConnections connections;
    private final LongSupplier nanoClock;
    private final List<ConsumersOf> watched = new CopyOnWriteArrayList<>();
    private final Map<Holder, Effort> efforts = new HashMap<>();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "landfall-even");
        made.setDaemon(true);
        return made;
    });
    private final boolean looksByItself;
    private @Nullable ScheduledFuture<?> looking;

    ConnectionShare(ConsumerConnections connections) {
        this(connections, System::nanoTime, true);
    }

    /** @param looksByItself several times a second; otherwise somebody calls {@link #look} */
    ConnectionShare(ConsumerConnections connections, LongSupplier nanoClock, boolean looksByItself) {
        this.connections = connections;
        this.nanoClock = nanoClock;
        this.looksByItself = looksByItself;
    }

    @Override
    public synchronized void entered(@Nullable Registry registry, URL provider, int entries) {
        ConsumersOf consumers = new ConsumersOf(registry, provider, entries);
        watched.add(consumers);
        consumers.subscribe();
        if (looksByItself && looking == null) {
            looking = thread.scheduleWithFixedDelay(
                    this::lookAgainWhateverHappens, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void withdrawn(URL provider) {
        List<ConsumersOf> gone = new ArrayList<>(watched);
        gone.removeIf(consumers -> !consumers.provider().equals(provider));
        watched.removeAll(gone);
        gone.forEach(ConsumersOf::unsubscribe);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    /** The most that any service allows: a connection may carry several. */
    private int fair() {
        return watched.stream().mapToInt(ConsumersOf::connectionsOfOne).max().orElse(Integer.MAX_VALUE);
    }

    /** A scheduler drops what throws. */
    private void lookAgainWhateverHappens() {
        try {
            look();
        } catch (RuntimeException e) {
            log.warn("Connections could not be compared with what is fair; will look again", e);
        }
    }

    /** Compares, and retires what is too much: what was asked to leave comes back as somebody else's. One thread's. */
    void look() {
        int fair = fair();
        long now = nanoClock.getAsLong();
        boolean wasEven = efforts.isEmpty();
        efforts.values().removeIf(effort -> now - effort.lastTooManyAt >= EVEN_FOR_GOOD.toNanos());
        connections.staying().forEach((holder, count) -> {
            if (count > fair) {
                Effort effort = efforts.computeIfAbsent(holder, added -> new Effort());
                effort.lastTooManyAt = now;
                effort.retire(holder, count - fair, now);
            }
        });
        if (wasEven && !efforts.isEmpty()) {
            log.info(
                    "{} consumer(s) hold more than {} connection(s): asking them to connect anew",
                    efforts.size(),
                    fair);
        }
    }

    /** What was done so far for one holder. */
    private final class Effort {
        private int tries;
        private long nextTryAt;
        private long lastTooManyAt;

        void retire(Holder holder, int tooMany, long now) {
            if (tries > 0 && now - nextTryAt < 0) {
                return;
            }
            connections.retire(holder, tooMany);
            tries++;
            nextTryAt = now + TimeUnit.MILLISECONDS.toNanos(PAUSES.apply(tries));
        }
    }
}
