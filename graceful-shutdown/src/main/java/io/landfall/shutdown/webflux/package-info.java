/** WebFlux's part of the drain; does what {@code io.landfall.shutdown.servlet} does for servlet containers. */
@NullMarked
package io.landfall.shutdown.webflux;

import org.jspecify.annotations.NullMarked;
