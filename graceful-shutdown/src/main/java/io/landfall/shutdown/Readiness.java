package io.landfall.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one truth that every probe reads: may new calls be sent here?
 *
 * <p>It starts as {@link State#STARTING}, becomes {@link State#ACCEPTING} when the application can serve, and ends as
 * {@link State#REFUSING}; it never goes back. Safe for any thread.
 */
public final class Readiness {

    /** Three times what a kubelet leaves between two probes by default; a template that names no probe has no prober at all. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    /** Where the service stands. */
    public enum State {
        /** Not able to serve yet. */
        STARTING,
        /** Able to serve. */
        ACCEPTING,
        /** Draining: no new calls, please. */
        REFUSING
    }

    private final List<Runnable> untilSeen = new ArrayList<>();
    private final Executor afterPatience;
    private volatile State state = State.STARTING;
    private volatile boolean seen;
    private boolean probesExpected;

    /** Nothing can be served yet. */
    public Readiness() {
        this(CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** @param afterPatience runs what is to be done when no prober has come for too long */
    Readiness(Executor afterPatience) {
        this.afterPatience = afterPatience;
    }

    /** Where the service stands now. */
    public State state() {
        return state;
    }

    /** Whether new calls may be sent here. */
    public boolean ready() {
        return state == State.ACCEPTING;
    }

    /** The application can serve. Does nothing once it refuses. */
    public void accept() {
        boolean nobodyWillAsk;
        synchronized (this) {
            if (state != State.STARTING) {
                return;
            }
            state = State.ACCEPTING;
            nobodyWillAsk = !probesExpected;
        }
        if (nobodyWillAsk) {
            nowSeen();
        } else {
            afterPatience.execute(this::waitNoLonger);
        }
    }

    private void waitNoLonger() {
        if (awaitsProbe()) {
            log.warn(
                    "Ready for {} s, and no prober has asked: taken for seen. Does the pod's template have a readinessProbe?",
                    PATIENCE.toSeconds());
            nowSeen();
        }
    }

    /** No new calls, for good. */
    public synchronized void refuse() {
        state = State.REFUSING;
    }

    /**
     * Says that a prober will ask by {@link #probe}; without one, being ready counts as being seen ready. If it does not come
     * within half a minute, nobody waits for it any longer.
     */
    public synchronized void expectProbes() {
        probesExpected = true;
    }

    /**
     * Answers a prober, and remembers that a prober was told "ready": from then on a balancer may route to this process.
     * Whoever registers an address behind a balancer waits for this with {@link #whenSeenReady}.
     *
     * @return whether new calls may be sent here
     */
    public boolean probe() {
        boolean ready = ready();
        if (ready && !seen) {
            nowSeen();
        }
        return ready;
    }

    /** Whether the service is ready, and no prober was told so yet. */
    public boolean awaitsProbe() {
        return !seen && ready();
    }

    /**
     * Runs an action once a prober was told "ready"; at once, on this thread, if that has happened already. Otherwise it
     * runs on the prober's thread and must not block. It never runs if the service is never ready, or refuses already.
     */
    public void whenSeenReady(Runnable action) {
        synchronized (this) {
            if (state == State.REFUSING) {
                return;
            }
            if (!seen) {
                untilSeen.add(action);
                return;
            }
        }
        action.run();
    }

    private void nowSeen() {
        List<Runnable> due;
        synchronized (this) {
            seen = true;
            due = List.copyOf(untilSeen);
            untilSeen.clear();
        }
        runAll(due);
    }

    /** An action that fails keeps no other from running. */
    private static void runAll(List<Runnable> actions) {
        RuntimeException failure = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
