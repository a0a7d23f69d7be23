package io.landfall.config;

/** Finds the secrets in a file before it becomes part of a snapshot. Implementations are safe for several threads. */
@FunctionalInterface
public interface SecretMarker {

    /** Leaves every file as its source marked it. */
    SecretMarker NONE = file -> file;

    /** The same file {@linkplain SnapshotFile#withSecretKeys with its secret keys}; those that it has already stay. */
    SnapshotFile mark(SnapshotFile file);
}
