package io.landfall.deploy.release;

/** What a release order goes through. */
public enum Flow {
    /** Image, configuration, online. */
    FULL,
    /** Builds an image; nothing that runs changes. */
    IMAGE,
    /** Publishes a version of the configuration; nothing that runs changes. */
    CONFIG,
    /** Brings an image and a configuration that are there online, or changes the number of replicas. */
    ONLINE,
    /** Brings image, deploy configuration and configuration of an earlier revision back, as one. */
    ROLLBACK
}
