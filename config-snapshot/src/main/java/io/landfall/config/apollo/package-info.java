/**
 * Apollo as the source of snapshots.
 *
 * <p>{@link io.landfall.config.apollo.ApolloSource} asks the config service for what is released, by plain HTTP: each namespace
 * becomes a file, and its release key part of the snapshot's state. Gray releases are never taken. If the portal's open API is given
 * too, the items' comments and the release's name come along. Whatever is not a whole and true answer ends in an error that names the
 * namespace; there is no cache to fall back to.
 *
 * <p>Reading unchanged Apollo code's configuration from a snapshot is the business of {@code io.landfall.config.apollo.client}.
 */
@NullMarked
package io.landfall.config.apollo;

import org.jspecify.annotations.NullMarked;
