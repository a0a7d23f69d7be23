/**
 * Snapshots by hand and in scripts: the command line of the jar with the classifier {@code cli}.
 *
 * <p>{@link io.landfall.config.cli.SnapshotCommand} publishes, compares, lists, verifies, exports and removes snapshots, from a
 * directory or Apollo to a directory or a cluster. Everything that is wrong with what it was told is said at once, and so is
 * everything that is wrong with a configuration. Secrets come by variables of the environment, never by arguments, and no value of a
 * secret key is ever printed; {@code export} alone writes them, into files.
 */
@NullMarked
package io.landfall.config.cli;

import org.jspecify.annotations.NullMarked;
