package io.landfall.config;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A running application's configuration becomes another revision. */
public record SnapshotChange(Snapshot before, Snapshot after) {

    /** Files whose content is new, other or gone; sorted, unmodifiable. */
    public SortedSet<FileName> changedFiles() {
        SortedSet<FileName> changed = new TreeSet<>();
        after.files().stream()
                .filter(f -> before.file(f.name()).filter(f::equals).isEmpty())
                .forEach(f -> changed.add(f.name()));
        before.files().stream().filter(f -> after.file(f.name()).isEmpty()).forEach(f -> changed.add(f.name()));
        return Collections.unmodifiableSortedSet(changed);
    }
}
