package io.landfall.registry.dubbo;

import io.github.resilience4j.core.IntervalFunction;
import io.landfall.shutdown.dubbo.ConsumerConnections;
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
 * Gives back the connections that this pod has too many of.
 *
 * <p>kube-proxy chooses a pod at random for every new connection, and never again: of twelve connections of a consumer to four
 * pods, one pod often gets five and another one. But how many are fair is known without asking anybody: a consumer opens
 * one connection for every entry, and as every pod has the same number of entries, each pod should have as many connections
 * as it has entries, times the consumers in the registry. A pod that has more retires some; the consumers connect anew, to a
 * pod chosen at random again; and when no pod has too many, none has too few.
 */
final class ConnectionShare implements Evenness, Disposable {

    private static final Logger log = LoggerFactory.getLogger(ConnectionShare.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    /** So many more than is fair do no harm: one of twenty. */
    private static final int TOLERANCE = 20;
    /** Consumers that are in no registry would make every pod retire forever: it does so ever more rarely. */
    private static final IntervalFunction PAUSES = IntervalFunction.ofExponentialBackoff(500, 1.2, 60_000);

    private final ConsumerConnections connections;
    private final LongSupplier nanoClock;
    private final List<ConsumersOf> watched = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "landfall-even");
        made.setDaemon(true);
        return made;
    });
    private final boolean looksByItself;
    private @Nullable ScheduledFuture<?> looking;
    private int tries;
    private int fairAtLastTry;
    private long nextTryAt;

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
    public synchronized void entered(Registry registry, URL provider, int entries, boolean shared) {
        ConsumersOf consumers = new ConsumersOf(registry, provider, entries, shared);
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

    /** A process that calls several providers of this pod shares its connections among them, or has some for each. */
    private int fair() {
        int own = watched.stream()
                .filter(consumers -> !consumers.shared())
                .mapToInt(ConsumersOf::connections)
                .sum();
        Map<String, Integer> shared = new HashMap<>();
        watched.stream().filter(ConsumersOf::shared).forEach(consumers -> consumers
                .processes()
                .forEach(process -> shared.merge(process, consumers.entries(), Math::max)));
        return own + shared.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A scheduler drops what throws. */
    private void lookAgainWhateverHappens() {
        try {
            look();
        } catch (RuntimeException e) {
            log.warn("Connections could not be compared with what is fair; will look again", e);
        }
    }

    /** Compares, and retires half of what is too much: what was asked to leave comes back as somebody else's. */
    void look() {
        int fair = fair();
        int tooMany = connections.staying() - fair - fair / TOLERANCE;
        if (fair == 0 || tooMany <= 0) {
            tries = 0;
            return;
        }
        if (fair != fairAtLastTry) {
            tries = 0;
        }
        long now = nanoClock.getAsLong();
        if (tries > 0 && now - nextTryAt < 0) {
            return;
        }
        if (tries == 0) {
            log.info("{} connections more than is fair ({}): asking consumers to connect anew", tooMany, fair);
        }
        connections.retire((tooMany + 1) / 2);
        tries++;
        fairAtLastTry = fair;
        nextTryAt = now + TimeUnit.MILLISECONDS.toNanos(PAUSES.apply(tries));
    }
}
