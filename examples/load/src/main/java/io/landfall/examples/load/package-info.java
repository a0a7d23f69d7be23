/**
 * An open-loop load driver: it calls at a fixed rate whatever happens to earlier calls, counts every call, and measures
 * from the moment a call was due.
 *
 * <p>Start reading at {@link io.landfall.examples.load.OpenLoop}. It knows no protocol; {@code .dubbo} and {@code .http}
 * bring an {@link io.landfall.examples.load.AsyncCall} and a {@code main} each.
 */
@NullMarked
package io.landfall.examples.load;

import org.jspecify.annotations.NullMarked;
