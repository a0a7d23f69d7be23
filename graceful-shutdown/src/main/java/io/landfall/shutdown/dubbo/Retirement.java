package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.dubbo.Connections.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives single connections their {@link Farewell} while the service goes on serving. */
final class Retirement implements ConsumerConnections, AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 20;
    private static final long THREAD_IDLE_SECONDS = 10;
    /** Of other processes' entries, which is better where this one drains; idle ones; the oldest, as good as any. */
    private static final Comparator<Connection> BEST_TO_END = Comparator.comparing(Connection::isOwn)
            .thenComparing(Connection::busy)
            .thenComparing(Connection::number);

    private final Connections connections;
    private final Drain drain;
    private final Map<Connection, Farewell> leaving = new HashMap<>();
    private final ScheduledThreadPoolExecutor looker = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "landfall-retire");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> looking;

    Retirement(Connections connections, Drain drain) {
        this.connections = connections;
        this.drain = drain;
        // Most of the time there is nothing to look at.
        looker.setKeepAliveTime(THREAD_IDLE_SECONDS, TimeUnit.SECONDS);
        looker.allowCoreThreadTimeOut(true);
        looker.setRemoveOnCancelPolicy(true);
    }

    @Override
    public synchronized Map<Holder, Integer> staying() {
        return open().stream()
                .filter(connection -> !leaving.containsKey(connection))
                .flatMap(connection -> connection.holder().stream())
                .collect(Collectors.toMap(holder -> holder, holder -> 1, Integer::sum));
    }

    @Override
    public synchronized void retire(Holder holder, int count) {
        if (drain.phase() != DrainPhase.SERVING || looker.isShutdown()) {
            return;
        }
        List<Connection> held = open().stream()
                .filter(connection -> !leaving.containsKey(connection))
                .filter(connection -> connection.holder().filter(holder::equals).isPresent())
                .sorted(BEST_TO_END)
                .toList();
        held.stream()
                .limit(Math.max(0, Math.min(count, held.size() - 1)))
                .forEach(connection -> leaving.put(connection, new Farewell(connection, System::nanoTime)));
        if (!leaving.isEmpty() && looking == null) {
            looking = looker.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** A drain gives all connections farewells of its own, so ours end where it begins. */
    private synchronized void look() {
        leaving.keySet().retainAll(Set.copyOf(open()));
        if (drain.phase() != DrainPhase.SERVING) {
            leaving.clear();
        }
        leaving.values().forEach(farewell -> farewell.look(true, Duration.ZERO));
        if (leaving.isEmpty() && looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    private List<Connection> open() {
        return connections.open(drain.inFlight(DubboDrain.KIND).count() > 0);
    }

    @Override
    public synchronized void close() {
        leaving.clear();
        looker.shutdownNow();
    }
}
