package io.landfall.config;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which snapshots stay. A version stays with all its hot revisions, for its pods follow the one that is live and may be told to go back
 * to another: when something names one of them, when one of them is young, since a release publishes before anything names what it
 * published, and when it is among the newest of the rest.
 *
 * <p>A release that publishes what is there already makes nothing young. Run this after an application's releases, not during one that
 * may go back to a version that nothing names any more.
 */
public final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final int newest;
    private final Duration youth;
    private final Clock clock;

    /**
     * @param newest how many versions stay that nobody names, 0 or more
     * @param youth how long everything stays, leftovers of interrupted publishers too
     */
    public Retention(int newest, Duration youth) {
        this(newest, youth, Clock.systemUTC());
    }

    Retention(int newest, Duration youth, Clock clock) {
        if (newest < 0 || youth.isNegative()) {
            throw new IllegalArgumentException(
                    "Retention keeps 0 or more versions for 0 or more time, not " + newest + " for " + youth);
        }
        this.newest = newest;
        this.youth = youth;
        this.clock = clock;
    }

    /**
     * A snapshot's fate, and why.
     *
     * @param reason for people: {@code named by ReplicaSet shop/orders-6c5f}
     */
    public record Decision(StoredSnapshot snapshot, boolean keep, String reason) {}

    /**
     * What would be done, in the order of ids. Changes nothing.
     *
     * @throws UnavailableException if store or references do not answer
     */
    public List<Decision> plan(SnapshotStore store, References references, String app) {
        // References last: what is published and named meanwhile is not in the list, what is named meanwhile is seen.
        List<StoredSnapshot> stored = store.list(app);
        Plan plan = new Plan(stored, references.of(app));
        return stored.stream().map(plan::decide).toList();
    }

    /**
     * Does it, and returns what was done. Deleting many takes a while: before each deletion the references are read again, and what is
     * named by then stays.
     *
     * @throws UnavailableException if store or references do not answer; nothing more is deleted then
     */
    public List<Decision> apply(SnapshotStore store, References references, String app) {
        List<Decision> done = new ArrayList<>();
        // In the order of ids, a version before its hot revisions: one that stayed behind with a pointer to a deleted
        // revision could be released again.
        for (Decision planned : plan(store, references, app)) {
            done.add(planned.keep() ? planned : delete(planned, store, references.of(app)));
        }
        return done;
    }

    private static Decision delete(Decision planned, SnapshotStore store, Map<SnapshotId, SortedSet<String>> named) {
        StoredSnapshot snapshot = planned.snapshot();
        Set<String> names = names(named, snapshot);
        if (!names.isEmpty()) {
            return new Decision(snapshot, true, "named meanwhile by " + String.join(", ", names));
        }
        if (!snapshot.complete() && store.find(snapshot.id()).isPresent()) {
            return new Decision(snapshot, true, "somebody finished it meanwhile");
        }
        store.delete(snapshot.id());
        log.info("Deleted snapshot {}: {}", snapshot.id(), planned.reason());
        return planned;
    }

    /** What names any revision of its version. Leftovers are no revision: they are needed by what names themselves. */
    private static Set<String> names(Map<SnapshotId, SortedSet<String>> named, StoredSnapshot snapshot) {
        Set<String> names = new TreeSet<>();
        named.forEach((id, by) -> {
            if (id.equals(snapshot.id())
                    || (snapshot.complete() && id.base().equals(snapshot.id().base()))) {
                names.addAll(by);
            }
        });
        return names;
    }

    /** Why versions stay, by their ids without hot revisions. */
    private final class Plan {

        private final Map<SnapshotId, SortedSet<String>> named;
        private final Map<SnapshotId, String> reasons = new HashMap<>();
        private final Set<SnapshotId> live = new HashSet<>();

        Plan(List<StoredSnapshot> stored, Map<SnapshotId, SortedSet<String>> named) {
            this.named = named;
            newest(stored).forEach(s -> reasons.put(s.id(), "one of the newest " + newest));
            stored.forEach(this::note);
        }

        private List<StoredSnapshot> newest(List<StoredSnapshot> stored) {
            return stored.stream()
                    .filter(s ->
                            s.complete() && !s.id().isHot() && names(named, s).isEmpty())
                    .sorted(Comparator.comparing(StoredSnapshot::created)
                            .thenComparing(StoredSnapshot::id)
                            .reversed())
                    .limit(newest)
                    .toList();
        }

        private void note(StoredSnapshot snapshot) {
            Set<String> names = names(named, snapshot);
            if (!names.isEmpty()) {
                reasons.put(snapshot.id().base(), "named by " + String.join(", ", names));
            } else if (young(snapshot)) {
                reasons.putIfAbsent(snapshot.id().base(), snapshot.id().revision() + " is younger than " + youth);
            }
            snapshot.live().ifPresent(live::add);
        }

        Decision decide(StoredSnapshot snapshot) {
            SnapshotId id = snapshot.id();
            if (leftover(snapshot)) {
                return new Decision(snapshot, false, "an interrupted publication left it");
            }
            String reason = reasons.get(id.base());
            if (reason == null) {
                String why = id.isHot() ? "its version " + id.version() + " goes" : "not one of the newest " + newest;
                return new Decision(snapshot, false, "nothing names it, " + why);
            }
            String of = live.contains(id) ? "live for " : "a revision of ";
            return new Decision(snapshot, true, id.isHot() ? of + id.version() + ": " + reason : reason);
        }

        /** What is live is not in the middle of being published: it is damaged, and somebody should see it. */
        private boolean leftover(StoredSnapshot snapshot) {
            return !snapshot.complete()
                    && !young(snapshot)
                    && !live.contains(snapshot.id())
                    && names(named, snapshot).isEmpty();
        }

        private boolean young(StoredSnapshot snapshot) {
            return snapshot.created().plus(youth).isAfter(clock.instant());
        }
    }
}
