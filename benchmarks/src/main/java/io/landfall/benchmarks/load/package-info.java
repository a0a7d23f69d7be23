/**
 * How long it takes until an application that starts has its configuration in Spring's Environment: from a snapshot, from a
 * {@code configtree:}, from the cache that Apollo's client keeps.
 *
 * <p>{@link io.landfall.benchmarks.load.Loads} starts a new JVM for each load, in turns, since applications load once, when nothing is warm.
 */
@NullMarked
package io.landfall.benchmarks.load;

import org.jspecify.annotations.NullMarked;
