package io.landfall.config.spring;

import io.landfall.config.SnapshotChange;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Published, as it is, to listeners of an application context after a hot revision was taken and beans were bound again:
 * {@code @EventListener void changed(SnapshotChangedEvent event)}. In the thread that heard of the revision, one event at a time.
 *
 * @param change from which revision to which
 * @param keys all whose values are others now, with them; sorted, unmodifiable. What stands above the snapshot in the environment may
 *     hide them
 */
public record SnapshotChangedEvent(SnapshotChange change, SortedMap<String, ValueChange> keys) {

    /** Copies. */
    public SnapshotChangedEvent {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /**
     * A value before and after, without placeholders being resolved.
     *
     * @param before null: the key is new
     * @param after null: the key is gone
     * @param secret whether the snapshot says so of either; not to be shown then
     */
    public record ValueChange(
            @Nullable Object before, @Nullable Object after, boolean secret) {

        /** Never a value. */
        @Override
        public String toString() {
            return before == null ? "new" : after == null ? "gone" : "changed";
        }
    }

    /** Keys, never values. */
    @Override
    public String toString() {
        return "SnapshotChangedEvent[" + change.before().id() + " to "
                + change.after().id().revision() + ", " + keys.keySet() + "]";
    }
}
