package io.landfall.config;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot that a running application has now. Revisions of its version are offered to it, and it takes them or keeps what it has.
 *
 * <p>Safe for several threads: readers never wait, offers come one at a time.
 */
public final class LiveSnapshot {

    private static final Logger log = LoggerFactory.getLogger(LiveSnapshot.class);

    private final Clock clock;
    private final List<SnapshotGuard> guards = new CopyOnWriteArrayList<>();
    private final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();

    /** Within {@link #offer}, by the thread that is in there. */
    private boolean offering;

    private volatile Taken taken;
    private volatile Refusals refusals = new Refusals(0, Optional.empty());

    /** Begins with what the application started with. */
    public LiveSnapshot(Snapshot first) {
        this(first, Clock.systemUTC());
    }

    LiveSnapshot(Snapshot first, Clock clock) {
        this.clock = clock;
        this.taken = new Taken(first, clock.instant());
    }

    /** What the application has. */
    public Snapshot current() {
        return taken.snapshot();
    }

    /** Since when. */
    public Instant since() {
        return taken.since();
    }

    /** How many revisions were refused. */
    public long refused() {
        return refusals.count();
    }

    /** The last one that was refused; empty when none was, or one was taken since. */
    public Optional<Refusal> refusal() {
        return refusals.last();
    }

    /**
     * Asks a guard before each revision.
     *
     * @return takes it away again
     */
    public Runnable add(SnapshotGuard guard) {
        guards.add(guard);
        return () -> guards.remove(guard);
    }

    /**
     * Tells a listener after each revision.
     *
     * @return takes it away again
     */
    public Runnable add(SnapshotListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Takes a revision, tells the listeners, and returns when they have heard.
     *
     * @return whether the application has this revision now; false: it was refused, and the old one stays
     * @throws IllegalStateException from a guard or a listener: those after it would hear of the older revision last
     */
    public synchronized boolean offer(Snapshot next) {
        if (offering) {
            throw new IllegalStateException("A guard or listener must not offer a revision itself");
        }
        offering = true;
        try {
            return take(next);
        } finally {
            offering = false;
        }
    }

    private boolean take(Snapshot next) {
        SnapshotChange change = new SnapshotChange(current(), next);
        if (change.before().equals(next)) {
            refusals = new Refusals(refusals.count(), Optional.empty());
            return true;
        }
        List<Violation> objections = objections(change);
        if (!objections.isEmpty()) {
            refuse(next.id().revision(), new SnapshotException("Snapshot " + next.id(), objections));
            return false;
        }
        taken = new Taken(next, clock.instant());
        refusals = new Refusals(refusals.count(), Optional.empty());
        log.info("Configuration is {} now, was {}", next, change.before().id().revision());
        listeners.forEach(l -> tell(l, change));
        return true;
    }

    /** Notes a revision that did not even load; the same one again is noted once. Only a {@link SnapshotException} is quoted. */
    public synchronized void refuse(String revision, RuntimeException why) {
        String reason = why instanceof SnapshotException ? String.valueOf(why.getMessage()) : where(why);
        boolean known = refusals.last()
                .filter(r -> r.revision().equals(revision) && r.reason().equals(reason))
                .isPresent();
        if (known) {
            return;
        }
        refusals = new Refusals(refusals.count() + 1, Optional.of(new Refusal(revision, reason, clock.instant())));
        log.error("Configuration stays {}: {}", current().id().revision(), reason);
    }

    private List<Violation> objections(SnapshotChange change) {
        List<Violation> objections = new ArrayList<>();
        if (!change.before().id().base().equals(change.after().id().base())) {
            objections.add(new Violation(
                    change.after().id().toString(),
                    "this application runs " + change.before().id().base(),
                    "release the other version; only hot revisions of the same one are followed"));
            return objections;
        }
        guards.forEach(g -> objections.addAll(objections(g, change)));
        return objections;
    }

    private static List<Violation> objections(SnapshotGuard guard, SnapshotChange change) {
        try {
            return guard.objections(change);
        } catch (RuntimeException e) {
            return List.of(new Violation(
                    change.after().id().toString(),
                    guard.getClass().getName() + " failed with " + where(e),
                    "mend the revision, or what looks at it"));
        }
    }

    private static void tell(SnapshotListener listener, SnapshotChange change) {
        try {
            listener.changed(change);
        } catch (RuntimeException e) {
            log.error(
                    "{} failed on {} with {}; it may have old values",
                    listener.getClass().getName(),
                    change.after().id(),
                    where(e));
        }
    }

    /** Not its message, and so not its trace: Spring's, for one, quote the value that does not fit. */
    private static String where(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /**
     * A revision that was not taken.
     *
     * @param revision which
     * @param reason why, in as many lines as there are reasons
     * @param when first seen
     */
    public record Refusal(String revision, String reason, Instant when) {}

    private record Taken(Snapshot snapshot, Instant since) {}

    private record Refusals(long count, Optional<Refusal> last) {}
}
