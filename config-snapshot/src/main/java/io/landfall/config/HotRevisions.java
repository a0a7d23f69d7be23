package io.landfall.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hot revisions in a store: which one comes next, and which one was live before another. */
final class HotRevisions {

    private static final Logger log = LoggerFactory.getLogger(HotRevisions.class);

    /** In a hot revision's manifest: which revision was live before it. */
    private static final String REPLACES = "landfall.replaces";

    private final SnapshotStore store;

    HotRevisions(SnapshotStore store) {
        this.store = store;
    }

    /** What comes after the live one, and is what the candidate is. */
    Snapshot next(Snapshot candidate, SnapshotId live) {
        SnapshotId highest = highest(live, Integer.MAX_VALUE).orElse(live);
        // A publisher that died between snapshot and pointer has written what is asked for already.
        Optional<Snapshot> left = Optional.of(highest)
                .filter(id -> id.hot() > live.hot())
                .flatMap(this::sound)
                .filter(s -> s.sameContent(candidate))
                .filter(s -> replaced(s).equals(Optional.of(live)));
        return left.orElseGet(() -> numbered(live.hot(Math.max(live.hot(), highest.hot()) + 1), candidate, live));
    }

    /**
     * What was live before.
     *
     * @throws SnapshotException if nothing was
     */
    SnapshotId before(SnapshotId live) {
        if (!live.isHot()) {
            throw new SnapshotException(
                    "Undoing the hot revision of " + live,
                    List.of(new Violation(
                            live.toString(), "no hot revision of it is live", "roll the Deployment back instead")));
        }
        // The next lower one may be what was undone before this one, or what nobody ever followed.
        return sound(live)
                .flatMap(HotRevisions::replaced)
                .or(() -> highest(live, live.hot() - 1))
                .orElse(live.base());
    }

    /** Empty also if it is damaged, which must keep nobody from publishing the next one or from going back. */
    Optional<Snapshot> sound(SnapshotId id) {
        try {
            return store.find(id);
        } catch (UnavailableException e) {
            throw e;
        } catch (SnapshotException e) {
            log.warn("Passing over what does not verify: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<SnapshotId> replaced(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.manifest().source().get(REPLACES))
                .map(revision -> SnapshotId.of(snapshot.id().app(), revision));
    }

    private Optional<SnapshotId> highest(SnapshotId live, int atMost) {
        return store.list(live.app()).stream()
                .filter(StoredSnapshot::complete)
                .map(StoredSnapshot::id)
                .filter(id -> id.base().equals(live.base()) && id.hot() <= atMost)
                .max(Comparator.naturalOrder());
    }

    private static Snapshot numbered(SnapshotId id, Snapshot candidate, SnapshotId live) {
        return Snapshot.builder(id)
                .created(candidate.manifest().created())
                .author(candidate.manifest().author())
                .comment(candidate.manifest().comment())
                .source(candidate.manifest().source())
                .source(Map.of(REPLACES, live.revision()))
                .files(candidate.files())
                .build();
    }
}
