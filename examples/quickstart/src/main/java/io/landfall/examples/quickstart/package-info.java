/**
 * The main job: a rolling release under load, on real processes and a real registry, with and without Landfall.
 *
 * <p>Start reading at {@link io.landfall.examples.quickstart.QuickstartMain}; what happens in one run is
 * {@link io.landfall.examples.quickstart.Run}.
 */
@NullMarked
package io.landfall.examples.quickstart;

import org.jspecify.annotations.NullMarked;
