/**
 * How a snapshot looks where it is stored: a manifest in JSON, its digest, and every file under a key, in as many objects as it takes.
 *
 * <p>{@link io.landfall.config.layout.StoredForm} takes a snapshot apart and puts it together again, for every store. All of one
 * snapshot's keys are distinct, so that its objects can be mounted into one directory.
 */
@NullMarked
package io.landfall.config.layout;

import org.jspecify.annotations.NullMarked;
