package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.github.resilience4j.core.IntervalFunction;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.layout.StoredForm;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an application at its version's live revision by a watch on one ConfigMap.
 *
 * <p>Watches end: they grow old, the API server restarts, the network forgets them. The next one begins by showing the ConfigMap as it
 * is, so that nothing is missed in between. Safe for any thread; its own are daemons.
 */
final class LiveWatch implements LiveFollower {

    private static final Logger log = LoggerFactory.getLogger(LiveWatch.class);
    /** As fabric8's informers do it: nobody notices that the other end has gone without a word. */
    private static final Duration RENEW_AFTER = Duration.ofMinutes(5);
    /** A new watch shows the ConfigMap at once, if there is one. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);
    /** Random in part: all pods lose their API server at the same moment. */
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(400), 2, 0.5, Duration.ofSeconds(30));

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final LiveRevision revision;
    private final ScheduledThreadPoolExecutor worker = worker();
    private @Nullable Sight sight;
    private @Nullable ScheduledFuture<?> next;
    private int failures;

    /**
     * Asks for nothing yet.
     *
     * @param client made without attempts of its own; closed with this
     * @param base what the application runs
     * @param patience how long its start may wait
     */
    LiveWatch(KubernetesClient client, String namespace, Snapshot base, Duration patience) {
        this.client = client;
        this.namespace = namespace;
        this.name = StoredForm.nameOf(base.id().base());
        this.revision = new LiveRevision(client, namespace, base, patience, worker);
    }

    @Override
    public Optional<Snapshot> atStart() {
        return revision.atStart();
    }

    @Override
    public void follow(LiveSnapshot live) {
        worker.execute(() -> connect(live));
    }

    @Override
    public void close() {
        worker.shutdownNow();
        disconnect();
        client.close();
    }

    private String place() {
        return "ConfigMap " + namespace + "/" + name;
    }

    private synchronized void connect(LiveSnapshot live) {
        disconnect();
        if (worker.isShutdown()) {
            return;
        }
        Sight fresh = new Sight(live);
        sight = fresh;
        try {
            // A request says why it is refused; a watch does not, and fabric8 then fills the log.
            revision.probe();
            fresh.open();
            connectIn(SHOWN_WITHIN.toMillis(), live);
        } catch (SnapshotException refused) {
            failed(LiveRevision.reason(refused), live);
        } catch (RuntimeException refused) {
            failed(reason(refused), live);
        }
    }

    private synchronized void disconnect() {
        Sight old = sight;
        sight = null;
        if (old != null) {
            old.close();
        }
    }

    private synchronized void succeeded(Sight shows) {
        if (sight != shows) {
            return;
        }
        if (failures > 0) {
            log.info("{} can be followed again", place());
        }
        failures = 0;
        long renew = RENEW_AFTER.toMillis();
        connectIn(ThreadLocalRandom.current().nextLong(renew, 2 * renew), shows.live);
    }

    private synchronized void lost(Sight ended) {
        if (sight != ended) {
            return;
        }
        if (ended.hasShown) {
            connectIn(PAUSES.apply(1), ended.live);
        } else {
            failed("the API server does not answer", ended.live);
        }
    }

    private void failed(String reason, LiveSnapshot live) {
        if (worker.isShutdown()) {
            return;
        }
        if (failures == 0) {
            log.warn("{} cannot be followed, will try again; the configuration stays meanwhile: {}", place(), reason);
        }
        failures++;
        connectIn(PAUSES.apply(failures), live);
    }

    /** Of "An error has occurred." nobody learns anything. */
    private static String reason(RuntimeException refused) {
        return refused.getCause() == null ? refused.toString() : refused.getMessage() + " " + refused.getCause();
    }

    private void connectIn(long millis, LiveSnapshot live) {
        ScheduledFuture<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
        }
        next = worker.schedule(() -> connect(live), millis, TimeUnit.MILLISECONDS);
    }

    /** What comes after the end is dropped: there is nothing left to follow. */
    private static ScheduledThreadPoolExecutor worker() {
        ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "landfall-live-watch");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        worker.setRemoveOnCancelPolicy(true);
        return worker;
    }

    /** One connection. */
    private final class Sight implements Watcher<ConfigMap> {
        private final LiveSnapshot live;
        private @Nullable Watch watch;
        /** fabric8 says that a watch is open before it is. */
        private volatile boolean hasShown;

        Sight(LiveSnapshot live) {
            this.live = live;
        }

        /** fabric8 watches it by a field selector on its name, so a Role may name it. */
        void open() {
            watch = client.configMaps().inNamespace(namespace).withName(name).watch(this);
        }

        @Override
        public void eventReceived(Action action, ConfigMap now) {
            if (action == Action.ADDED || action == Action.MODIFIED) {
                hasShown = true;
                worker.execute(() -> succeeded(this));
                worker.execute(() -> revision.seen(now.getMetadata(), live));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            log.debug("The watch of {} has ended", place(), cause);
            worker.execute(() -> lost(this));
        }

        void close() {
            Watch open = watch;
            if (open != null) {
                open.close();
            }
        }
    }
}
