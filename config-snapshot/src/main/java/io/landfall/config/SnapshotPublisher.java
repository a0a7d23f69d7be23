package io.landfall.config;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a source, checks what it got, and writes it to a store. Publishing the same content twice is publishing it once, so whoever
 * does not know whether a request went through asks again. Safe for several threads; of two that publish one version at a time, the
 * second hears that it is there.
 */
public final class SnapshotPublisher {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPublisher.class);

    /** Somebody else moved the pointer: look again, so often at most. */
    private static final int TURNS = 5;

    private final SnapshotStore store;
    private final HotRevisions revisions;
    private final FileCheck check;
    private final SecretMarker marker;
    private final Clock clock;

    /** Checks nothing but names, and marks no secrets. */
    public SnapshotPublisher(SnapshotStore store) {
        this(store, FileCheck.NONE, SecretMarker.NONE, Clock.systemUTC());
    }

    /** With everything chosen. */
    public SnapshotPublisher(SnapshotStore store, FileCheck check, SecretMarker marker, Clock clock) {
        this.store = store;
        this.revisions = new HotRevisions(store);
        this.check = check;
        this.marker = marker;
        this.clock = clock;
    }

    /**
     * Publishes a version.
     *
     * @throws SnapshotException if the source or its files are refused, or the version has other content: everything at once
     * @throws UnavailableException if source or store do not answer
     */
    public Publication publish(PublishRequest request) {
        Snapshot candidate = candidate(request);
        Optional<Snapshot> before = before(request);
        Optional<Snapshot> there = store.find(request.id());
        if (there.isPresent() && there.get().sameContent(candidate)) {
            return new Publication(Publication.Outcome.UNCHANGED, there.get(), before);
        }
        if (there.isPresent()) {
            throw new SnapshotException(
                    "Snapshot " + request.id(),
                    List.of(new Violation(
                            request.id().toString(),
                            "this version is published with other content, and a version never changes",
                            "publish a new version, or a hot revision of this one")));
        }
        if (request.dryRun()) {
            return new Publication(Publication.Outcome.CHECKED, candidate, before);
        }
        return written(candidate, before);
    }

    /**
     * Publishes the next hot revision of a version that is there, and makes the version's pods follow it.
     *
     * @throws SnapshotException as {@link #publish}, and if there is no such version
     * @throws UnavailableException as {@link #publish}
     */
    public Publication publishHot(PublishRequest request) {
        Snapshot candidate = candidate(request);
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Publication> done = publishNext(candidate, request);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw moved(request.id());
    }

    /** Empty: somebody else moved the pointer meanwhile. */
    private Optional<Publication> publishNext(Snapshot candidate, PublishRequest request) {
        SnapshotId live = liveOf(request.id());
        Optional<Snapshot> current = revisions.sound(live);
        Optional<Snapshot> before = request.compareWith().isPresent() ? before(request) : current;
        if (current.isPresent() && current.get().sameContent(candidate)) {
            // Whoever moved the pointer there may have died before every follower could see it.
            boolean settled = request.dryRun() || store.moveLive(live, live);
            return settled ? publication(Publication.Outcome.UNCHANGED, current.get(), before) : Optional.empty();
        }
        Snapshot next = revisions.next(candidate, live);
        if (request.dryRun()) {
            return publication(Publication.Outcome.CHECKED, next, before);
        }
        Optional<Snapshot> stored = stored(next);
        if (stored.isEmpty() || !store.moveLive(live, next.id())) {
            return Optional.empty();
        }
        log.info("Published {}, was {}", stored.get(), live.revision());
        return publication(Publication.Outcome.PUBLISHED, stored.get(), before);
    }

    private static Optional<Publication> publication(
            Publication.Outcome outcome, Snapshot snapshot, Optional<Snapshot> before) {
        return Optional.of(new Publication(outcome, snapshot, before));
    }

    /**
     * Makes a version's pods follow the revision that the live one replaced. Of a live one that does not say or does not load it is the
     * next lower hot revision, or the version itself.
     *
     * @return the revision that is live now
     * @throws SnapshotException if there is no such version, or it is at its first revision already
     */
    public SnapshotId undo(SnapshotId base) {
        for (int turn = 0; turn < TURNS; turn++) {
            SnapshotId live = liveOf(base);
            SnapshotId target = revisions.before(live);
            existing(target);
            if (store.moveLive(live, target)) {
                log.info("Live is {} again, was {}", target, live.revision());
                return target;
            }
        }
        throw moved(base);
    }

    private Snapshot candidate(PublishRequest request) {
        SnapshotId id = request.id();
        ConfigurationSource.Reading reading = request.source().read();
        List<SnapshotFile> files = reading.files().stream().map(marker::mark).toList();
        List<Violation> violations = new ArrayList<>(check.checkTogether(files));
        try {
            Snapshot candidate = build(request, reading, files);
            if (violations.isEmpty()) {
                return candidate;
            }
        } catch (SnapshotException e) {
            violations.addAll(e.violations());
        }
        throw new SnapshotException("Snapshot " + id + " of " + request.source().describe(), violations);
    }

    private Snapshot build(PublishRequest request, ConfigurationSource.Reading reading, List<SnapshotFile> files) {
        return Snapshot.builder(request.id())
                .created(clock.instant())
                .author(request.author())
                .comment(request.comment())
                .source(reading.state())
                .files(files)
                .build();
    }

    private Publication written(Snapshot candidate, Optional<Snapshot> before) {
        boolean first = store.write(candidate);
        if (first) {
            log.info("Published {} to {}", candidate, store.describe());
        }
        Publication.Outcome outcome = first ? Publication.Outcome.PUBLISHED : Publication.Outcome.UNCHANGED;
        return new Publication(outcome, first ? candidate : existing(candidate.id()), before);
    }

    private Optional<Snapshot> before(PublishRequest request) {
        return request.compareWith().map(this::existing);
    }

    private SnapshotId liveOf(SnapshotId base) {
        return store.live(base).orElseThrow(() -> missing(base));
    }

    private Snapshot existing(SnapshotId id) {
        return store.find(id).orElseThrow(() -> missing(id));
    }

    /** What is stored under this id, if it has this content: whoever publishes at the same time may have taken the number. */
    private Optional<Snapshot> stored(Snapshot next) {
        try {
            return store.write(next) ? Optional.of(next) : store.find(next.id());
        } catch (UnavailableException e) {
            throw e;
        } catch (SnapshotException e) {
            if (store.find(next.id()).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private SnapshotException missing(SnapshotId id) {
        return new SnapshotException(
                "Snapshot " + id,
                List.of(new Violation(store.describe(), "there is no snapshot " + id, "publish the version first")));
    }

    private SnapshotException moved(SnapshotId base) {
        return new SnapshotException(
                "A hot revision of " + base,
                List.of(new Violation(
                        store.describe(), "somebody else moves its live pointer as well", "look, and try again")));
    }
}
