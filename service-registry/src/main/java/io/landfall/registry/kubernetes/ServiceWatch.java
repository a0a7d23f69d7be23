package io.landfall.registry.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one Service in sight, by a connection over which the API server says what changes.
 *
 * <p>Connections end: they grow old, the API server restarts, the network forgets them. The next one begins by showing the Service as
 * it is, so that nothing is missed in between. Safe for any thread; its own are daemons.
 */
final class ServiceWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServiceWatch.class);
    /** As fabric8's informers do it: nobody notices that the other end has gone without a word. */
    private static final Duration RENEW_AFTER = Duration.ofMinutes(5);
    /** A new watch shows the Service at once, if there is one. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);
    /** Random in part: all pods lose their API server at the same moment. */
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(30));

    private final NamedService service;
    private final Supplier<KubernetesClient> clients;
    private final Consumer<Service> seen;
    private final ScheduledThreadPoolExecutor worker = worker();
    private final AtomicBoolean started = new AtomicBoolean();
    private @Nullable Sight sight;
    private @Nullable ScheduledFuture<?> next;
    private int failures;

    /** Connects to nothing yet. */
    ServiceWatch(NamedService service, Supplier<KubernetesClient> clients, Consumer<Service> seen) {
        this.service = service;
        this.clients = clients;
        this.seen = seen;
    }

    /** Begins, where it has not begun; does not wait for the API server. */
    void start() {
        if (started.compareAndSet(false, true)) {
            worker.execute(this::connect);
        }
    }

    /** For good. */
    @Override
    public void close() {
        worker.shutdownNow();
        disconnect();
    }

    private synchronized void connect() {
        disconnect();
        if (worker.isShutdown()) {
            return;
        }
        try {
            Sight fresh = new Sight(clients.get());
            sight = fresh;
            fresh.open();
            connectIn(SHOWN_WITHIN.toMillis());
        } catch (RuntimeException refused) {
            failed(reason(refused));
        }
    }

    private synchronized void disconnect() {
        Sight old = sight;
        if (old != null) {
            old.close();
        }
        sight = null;
    }

    private synchronized void succeeded(Sight shows) {
        if (sight != shows) {
            return;
        }
        if (failures > 0) {
            log.info("{} can be followed again", service.place());
        }
        failures = 0;
        long renew = RENEW_AFTER.toMillis();
        connectIn(ThreadLocalRandom.current().nextLong(renew, 2 * renew));
    }

    private void failed(String reason) {
        if (worker.isShutdown()) {
            return;
        }
        if (failures == 0) {
            log.warn("{} cannot be followed, will try again; the address stays meanwhile: {}", service.place(), reason);
        }
        failures++;
        connectIn(PAUSES.apply(failures));
    }

    /** Of "An error has occurred." nobody learns anything. */
    private static String reason(RuntimeException refused) {
        return refused.getCause() == null ? refused.toString() : refused.getMessage() + " " + refused.getCause();
    }

    private synchronized void lost(Sight ended) {
        if (sight != ended) {
            return;
        }
        if (ended.hasShown) {
            connectIn(PAUSES.apply(1));
        } else {
            failed("the API server does not answer");
        }
    }

    private void connectIn(long millis) {
        ScheduledFuture<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
        }
        next = worker.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
    }

    /** What comes after the end is dropped: there is nothing left to follow. */
    private static ScheduledThreadPoolExecutor worker() {
        ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "landfall-service-watch");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        worker.setRemoveOnCancelPolicy(true);
        return worker;
    }

    /** One connection, and the client that it belongs to. */
    private final class Sight implements Watcher<Service>, AutoCloseable {
        private final KubernetesClient client;
        private @Nullable Watch watch;
        /** fabric8 says that a watch is open before it is. */
        private volatile boolean hasShown;

        Sight(KubernetesClient client) {
            this.client = client;
        }

        void open() {
            // fabric8's own attempts all come at the same moments, and after a while are in the log with their stacks.
            client.getConfiguration().setWatchReconnectLimit(0);
            client.getConfiguration().setRequestRetryBackoffLimit(0);
            watch = service.in(client).watch(this);
        }

        @Override
        public void eventReceived(Action action, Service now) {
            if (action == Action.ADDED || action == Action.MODIFIED) {
                seen.accept(now);
                hasShown = true;
                worker.execute(() -> succeeded(this));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            log.debug("The watch of {} has ended", service.place(), cause);
            worker.execute(() -> lost(this));
        }

        @Override
        public void close() {
            Watch open = watch;
            if (open != null) {
                open.close();
            }
            client.close();
        }
    }
}
