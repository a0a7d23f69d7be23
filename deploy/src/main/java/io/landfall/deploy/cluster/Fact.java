package io.landfall.deploy.cluster;

/** What is kept of an object that is watched. */
interface Fact {

    /** Which state of it. */
    Version version();
}
