/**
 * The servlet container's part of the drain: counts HTTP requests, and while the drain goes on asks clients, by
 * {@code Connection: close}, to come back over a new connection, which a balancer gives to a pod that is ready.
 */
@NullMarked
package io.landfall.shutdown.servlet;

import org.jspecify.annotations.NullMarked;
