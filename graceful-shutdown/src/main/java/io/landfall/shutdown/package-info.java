/**
 * A stop that loses nothing and never takes longer than it must.
 *
 * <p>The story of a SIGTERM: a trigger (the JVM's shutdown hook, a closing Spring context, {@code GET /drain}) calls
 * {@link io.landfall.shutdown.Drain#run}. The {@link io.landfall.shutdown.Readiness} that every probe reads turns to
 * refusing; steps leave the registries; then the drain watches {@link io.landfall.shutdown.InFlight} until no call is
 * running and none has arrived for the quiet period; at last the framework's own shutdown runs. One
 * {@link io.landfall.shutdown.DrainPolicy#deadline() deadline} covers it. The end is a
 * {@link io.landfall.shutdown.DrainReport}.
 *
 * <p>This package knows the JDK, SLF4J and Micrometer. What it drains is in the packages below it.
 */
@NullMarked
package io.landfall.shutdown;

import org.jspecify.annotations.NullMarked;
