/**
 * Snapshots in directories: read where the kubelet mounts them, made of a developer's files, and stored without a cluster.
 *
 * <p>{@link io.landfall.config.directory.Snapshots} is how plain Java loads the snapshot that is mounted into its pod, or takes a
 * developer's directory for one. {@link io.landfall.config.directory.DirectorySource} brings such a directory to a publisher, and
 * {@link io.landfall.config.directory.DirectoryStore} keeps snapshots on a disk or a file share.
 *
 * <p>A pod without rights at the API server follows live revisions through an optional mount
 * ({@link io.landfall.config.directory.MountedLiveProvider}): a ConfigMap with all keys of the live hot revision, or with the one key
 * {@code live} that names it, or nothing while the version itself is live.
 */
@NullMarked
package io.landfall.config.directory;

import org.jspecify.annotations.NullMarked;
