/**
 * Dubbo at interface level: what a pod registers is the external address, once per entry of its share.
 *
 * <p>{@link io.landfall.registry.dubbo.AddressRegistryFactory} wraps Dubbo's registry factory, so nothing but the
 * registered URL changes: the server binds as it always did, and the application sees its own configuration. Each entry
 * carries
 * <ul>
 *   <li>{@code landfall.pod}: keeps it distinct, so that consumers make an invoker for it;
 *   <li>{@code connections=1}: a connection of its own, so that a balancer spreads the entries over pods, and READONLY,
 *       which a consumer heeds only when all connections of an invoker have it, empties exactly one;
 *   <li>{@code weight}: its part of the pod's weight; {@code warmup=0}, since the default of ten minutes would hide it;
 *   <li>{@code heartbeat=3000} and {@code dubbo.application.least-reconnect-duration=1000}: a stock consumer comes back in
 *       seconds and not in a minute.
 * </ul>
 *
 * <p>Triple keeps one connection per address whatever the entry says, so it gets one entry per pod.
 *
 * <p>An entry is made only once a prober has seen this pod ready, which is when a balancer may route to it
 * ({@link io.landfall.registry.dubbo.Admission}): entries that come too early connect to other pods and stay there.
 */
@NullMarked
package io.landfall.registry.dubbo;

import org.jspecify.annotations.NullMarked;
