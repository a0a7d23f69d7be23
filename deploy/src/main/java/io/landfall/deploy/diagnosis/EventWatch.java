package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an {@link EventStore} at a namespace's events, by one watch.
 *
 * <p>Connections end: they grow old, the API server restarts, the network forgets them. Each is renewed after some minutes, from where it
 * stood; where the API server no longer knows that place, it begins with all events that there are. Safe for any thread; its own is a
 * daemon.
 */
public final class EventWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventWatch.class);
    /** As fabric8's informers do it: nobody notices that the other end has gone without a word. */
    private static final Duration RENEW_AFTER = Duration.ofMinutes(5);
    /** Random in part: all lose their API server at the same moment. */
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(400), 2, 0.5, Duration.ofSeconds(30));

    private final KubernetesClient client;
    private final String namespace;
    private final EventStore store;
    private final ScheduledThreadPoolExecutor worker = worker();
    private @Nullable Sight sight;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable String place;
    private int failures;

    /**
     * Asks for nothing yet.
     *
     * @param client closed by whoever made it, after this
     */
    public EventWatch(KubernetesClient client, String namespace, EventStore store) {
        this.client = client;
        this.namespace = namespace;
        this.store = store;
    }

    /** Begins; does not wait for the API server. */
    public void start() {
        worker.execute(this::connect);
    }

    @Override
    public void close() {
        worker.shutdownNow();
        disconnect();
    }

    private void connect() {
        disconnect();
        Sight fresh = new Sight();
        begin(fresh);
        try {
            Watch watch = client.v1().events().inNamespace(namespace).watch(options(), fresh);
            opened(fresh, watch);
        } catch (RuntimeException refused) {
            ended(fresh, refused.getMessage() == null ? refused.toString() : refused.getMessage(), false);
        }
    }

    private synchronized ListOptions options() {
        return new ListOptionsBuilder()
                .withResourceVersion(place)
                .withAllowWatchBookmarks(true)
                .build();
    }

    private synchronized void begin(Sight fresh) {
        sight = fresh;
    }

    private synchronized void opened(Sight fresh, Watch watch) {
        if (sight != fresh || worker.isShutdown()) {
            watch.close();
            return;
        }
        fresh.watch = watch;
        if (failures > 0) {
            log.info("Events of {} can be followed again", namespace);
        }
        failures = 0;
        long renew = RENEW_AFTER.toMillis();
        connectIn(ThreadLocalRandom.current().nextLong(renew, 2 * renew));
    }

    private void connectIn(long millis) {
        ScheduledFuture<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
        }
        next = worker.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void disconnect() {
        Watch old = sight == null ? null : sight.watch;
        sight = null;
        if (old != null) {
            old.close();
        }
    }

    private synchronized void ended(Sight one, String reason, boolean tooOld) {
        if (sight != one || worker.isShutdown()) {
            return;
        }
        sight = null;
        if (tooOld) {
            place = null;
        }
        if (failures == 0 && !tooOld) {
            log.warn("Events of {} cannot be followed, will try again; reasons may be old: {}", namespace, reason);
        }
        failures++;
        connectIn(PAUSES.apply(failures));
    }

    private synchronized void seen(Sight one, Event event) {
        if (sight == one && event.getMetadata() != null) {
            place = event.getMetadata().getResourceVersion();
        }
    }

    /** What comes after the end is dropped: there is nothing left to follow. */
    private static ScheduledThreadPoolExecutor worker() {
        ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "landfall-events");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        worker.setRemoveOnCancelPolicy(true);
        return worker;
    }

    /** One connection. */
    private final class Sight implements Watcher<Event> {

        private @Nullable Watch watch;

        @Override
        public void eventReceived(Action action, @Nullable Event event) {
            if (event == null) {
                return;
            }
            switch (action) {
                case ADDED, MODIFIED -> store.put(event);
                case DELETED -> store.remove(event);
                default -> {
                    // A bookmark tells the place only; an error comes to onClose.
                }
            }
            seen(this, event);
        }

        @Override
        public boolean reconnecting() {
            return false;
        }

        @Override
        public void onClose() {
            ended(this, "the connection ended", false);
        }

        @Override
        public void onClose(WatcherException cause) {
            String message = cause.getMessage() == null ? "the connection ended" : cause.getMessage();
            ended(this, message, cause.isHttpGone());
        }
    }
}
