/**
 * What is different between two snapshots, for people who decide whether to release it.
 *
 * <p>{@link io.landfall.config.diff.SnapshotDiff} compares file by file. A file without secrets is compared line by line, as it is
 * written. One with secrets is compared key by key, as it is read, so that no line break, quote or comment carries a piece of a secret
 * past the mask; that a secret changed is shown, what it is never. Where not every secret can be told from the rest, the file is
 * only said to have changed.
 */
@NullMarked
package io.landfall.config.diff;

import org.jspecify.annotations.NullMarked;
