package io.landfall.config;

/** Hears of each revision after it was taken. */
@FunctionalInterface
public interface SnapshotListener {

    /** One at a time, in the order in which listeners were added. One that throws is logged, and the next is told. */
    void changed(SnapshotChange change);
}
