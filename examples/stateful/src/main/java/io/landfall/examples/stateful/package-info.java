/**
 * Software that knows an instance by its IP address, as CAT does: which one it is itself, and who its peers are. It knows nothing of
 * Kubernetes or Landfall, asks the JVM for its address in the way that CAT does, and keeps data under it.
 *
 * <p>{@code GET /whoami} says who it believes to be, and how often it was started on this data; {@code GET /peers} asks each of its peers
 * the same at the address in its list; {@code PUT} and {@code GET /data/<key>} keep and return a value.
 */
@NullMarked
package io.landfall.examples.stateful;

import org.jspecify.annotations.NullMarked;
