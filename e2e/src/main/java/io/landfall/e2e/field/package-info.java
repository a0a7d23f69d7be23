/**
 * A field as teams have it: a registry, providers of the old world on the host, pods behind an external address, and
 * consumers on both sides that call all of them under open-loop load.
 *
 * <p>Start reading at {@link io.landfall.e2e.field.Field}.
 */
@NullMarked
package io.landfall.e2e.field;

import org.jspecify.annotations.NullMarked;
