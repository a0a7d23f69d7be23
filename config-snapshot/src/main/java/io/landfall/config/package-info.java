/**
 * A pod runs one immutable, verifiable version of its configuration.
 *
 * <p>A {@link io.landfall.config.Snapshot} is a set of files and a {@link io.landfall.config.Manifest} that names each of them
 * with its size and SHA-256. A {@link io.landfall.config.SnapshotPublisher} takes the files from a
 * {@link io.landfall.config.ConfigurationSource}, checks them, and writes the snapshot to a
 * {@link io.landfall.config.SnapshotStore}, whole or not at all. A pod's template names the snapshot, so that what rolls the pod
 * back rolls its configuration back.
 *
 * <p>A change that needs no restart is a hot revision of a version ({@code 1.4.2.h3}); a running application has it in
 * {@link io.landfall.config.LiveSnapshot}, which a {@link io.landfall.config.LiveFollower} keeps at what the store calls live.
 * {@link io.landfall.config.Retention} says which snapshots nobody needs any more.
 *
 * <p>The packages below bring sources (Apollo, a directory), stores (ConfigMaps, a directory), and what applications read
 * snapshots with (Spring, unchanged Apollo clients).
 */
@NullMarked
package io.landfall.config;

import org.jspecify.annotations.NullMarked;
