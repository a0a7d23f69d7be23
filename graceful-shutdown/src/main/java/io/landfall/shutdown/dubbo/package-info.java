/**
 * Dubbo's part of the drain: put the jar beside Dubbo and it works, through Dubbo's own extension points.
 *
 * <p>The story of a stop. {@link io.landfall.shutdown.dubbo.DubboDrain} belongs to a {@code FrameworkModel} and adds its
 * steps to a {@link io.landfall.shutdown.Drain}:
 * <ol>
 *   <li><b>withdraw</b>: every provider URL leaves its registry, as QOS {@code offline} does;
 *   <li><b>quiet</b>: {@link io.landfall.shutdown.dubbo.CloseIdleConnections} gives connection after connection its
 *       {@link io.landfall.shutdown.dubbo.Farewell}: ask the consumer to leave, know that it has heard, wait until nothing
 *       comes, close. Consumers behind a balancer find another pod at once;
 *   <li><b>close</b>: Dubbo destroys itself. Nothing is left to wait for, so its own waiting is cut short.
 * </ol>
 *
 * <p>Dubbo's JVM shutdown hook would run beside ours and destroy Dubbo under the running calls;
 * {@link io.landfall.shutdown.dubbo.DrainInitializer} switches it off before Dubbo makes it.
 *
 * <p>Calls are counted twice, on purpose: {@link io.landfall.shutdown.dubbo.InFlightFilter} knows their names and ends
 * with asynchronous results; {@link io.landfall.shutdown.dubbo.Connections} sees a request as soon as it is read from a
 * connection, also while it waits for a thread, and so knows which connection may be closed.
 */
@NullMarked
package io.landfall.shutdown.dubbo;

import org.jspecify.annotations.NullMarked;
