/**
 * The consumer's half of a drain over triple: leave a provider that drains before it has to say so.
 *
 * <p>A stock consumer cannot be asked to leave a triple connection without a risk. It learns of it from a GOAWAY, closes the
 * connection with the calls that wait in its event loop, and has none for a second; a call that chose the connection just
 * before finds nothing. A provider can make this rare, and no provider can make it impossible.
 *
 * <p>With this package on the consumer's class path nothing has to be asked. A provider that drains marks its answers
 * ({@link io.landfall.shutdown.dubbo.DrainMark}). The consumer that reads the mark opens a second connection to the same
 * address, where the balancer gives it another pod; moves its calls there; and closes the first connection when its last call
 * has been answered. Make before break, and the one who breaks is the one who knows what is on its way.
 *
 * <p>{@link io.landfall.shutdown.dubbo.consumer.RenewingProtocol} wraps Dubbo's triple protocol and gives every provider
 * entry a {@link io.landfall.shutdown.dubbo.consumer.RenewingInvoker};
 * {@link io.landfall.shutdown.dubbo.consumer.ConnectionsByEntry} replaces Dubbo's map of one connection for each address, so
 * that each entry of an address that many pods share has a connection of its own, and so that a connection can be replaced.
 */
@NullMarked
package io.landfall.shutdown.dubbo.consumer;

import org.jspecify.annotations.NullMarked;
