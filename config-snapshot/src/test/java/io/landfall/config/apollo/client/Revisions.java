package io.landfall.config.apollo.client;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.util.Map;
import java.util.TreeMap;

/** A version of orders' configuration that is revised file by file. */
final class Revisions {

    private final Map<String, String> files;
    private final LiveSnapshot live;
    private int hot;

    /** Begins with names and texts. */
    Revisions(Map<String, String> files) {
        this.files = new TreeMap<>(files);
        this.live = new LiveSnapshot(snapshot());
    }

    LiveSnapshot live() {
        return live;
    }

    /** Writes a file, and says whether the revision was taken. */
    boolean write(String name, String text) {
        files.put(name, text);
        return offer();
    }

    boolean remove(String name) {
        files.remove(name);
        return offer();
    }

    private boolean offer() {
        hot++;
        return live.offer(snapshot());
    }

    private Snapshot snapshot() {
        Snapshot.Builder builder = Snapshot.builder(new SnapshotId("orders", "1.4.2", hot));
        files.forEach((name, text) -> builder.file(SnapshotFile.of(name, text)));
        return builder.build();
    }
}
