/**
 * What our part of a call costs, beside what a peer, or the call without us, costs in the same run on the same machine.
 *
 * <p>{@link io.landfall.benchmarks.Benchmarks} runs the measurements, writes them down, and fails when a promise is broken.
 */
@NullMarked
package io.landfall.benchmarks;

import org.jspecify.annotations.NullMarked;
