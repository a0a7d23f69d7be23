package io.landfall.deploy.cluster;

/** What is kept of an object that is watched. */
interface Fact {

    /** Which state of it. */
    Version version();

    /** The uid of what made it; empty: nothing did, or nobody asks. */
    default String owner() {
        return "";
    }
}
