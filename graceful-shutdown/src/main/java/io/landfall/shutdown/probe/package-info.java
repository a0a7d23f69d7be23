/**
 * The probe sidecar: an HTTP server inside the JVM for applications that have no web server, or want none of their own
 * threads between the kubelet and the truth.
 *
 * <p>{@code /livez} says the JVM answers, {@code /readyz} says what {@link io.landfall.shutdown.Readiness} says, and
 * {@code /drain} drains and answers with the report, so that it can be a pod's {@code preStop} hook.
 */
@NullMarked
package io.landfall.shutdown.probe;

import org.jspecify.annotations.NullMarked;
