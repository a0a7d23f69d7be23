/** Interleavings of a consumer that moves to another connection. */
@NullMarked
package io.landfall.shutdown.dubbo.consumer;

import org.jspecify.annotations.NullMarked;
