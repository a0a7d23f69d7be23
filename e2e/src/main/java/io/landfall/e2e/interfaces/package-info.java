/**
 * A provider of many interfaces on many pods, and what a consumer of all of them holds.
 *
 * <p>Start reading at {@link io.landfall.e2e.interfaces.ManyInterfaces}.
 */
@NullMarked
package io.landfall.e2e.interfaces;

import org.jspecify.annotations.NullMarked;
