/**
 * Dubbo at interface level: what a pod registers is the external address, as an entry that no other pod's is like.
 *
 * <p>{@link io.landfall.registry.dubbo.AddressRegistryFactory} wraps Dubbo's registry factory, so nothing but the
 * registered URL changes: the server binds as it always did, and the application sees its own configuration. Each entry
 * carries
 * <ul>
 *   <li>{@code landfall.pod}: keeps it distinct, so that consumers make an invoker for it;
 *   <li>{@code landfall.process}: unlike in every other process, so that two pods that were given one name by mistake are two for
 *       consumers, and so that they can be told ({@link io.landfall.registry.dubbo.Namesakes});
 *   <li>{@code token}: both together, unless the provider has a token of its own. Consumers send it with each call, so a pod knows by
 *       which entry they opened a connection that ends here (decision 0015). Nothing checks it, as the provider itself has none;
 *   <li>{@code connections=1}: a connection of its own, so that a balancer spreads the entries over pods, and READONLY,
 *       which a consumer heeds only when all connections of an invoker have it, empties exactly one. Below a wildcard name
 *       it is the host that differs, and all interfaces share the connection (decision 0013);
 *   <li>{@code weight}: the pod's, or its part of that; {@code warmup=0}, since the default of ten minutes would hide it;
 *   <li>{@code heartbeat=1800} and {@code dubbo.application.least-reconnect-duration=1000}: a stock consumer comes back in
 *       seconds and not in a minute.
 * </ul>
 *
 * <p>How pods get fair shares, by registry and level:
 * <table>
 *   <caption>The choices, and why</caption>
 *   <tr><th>where</th><th>what is done</th><th>why</th></tr>
 *   <tr><td>interface level, dubbo protocol</td>
 *       <td>one entry for each pod, and connections that a consumer has too many of to a pod are given back
 *       ({@link io.landfall.registry.dubbo.ConnectionShare})</td>
 *       <td>kube-proxy throws dice for each connection (decision 0012), and consumers heed weights, which more entries would
 *       need, only sometimes (decision 0014)</td></tr>
 *   <tr><td>interface level, triple</td>
 *       <td>one entry for each pod</td>
 *       <td>consumers keep one connection for an address: the pods count right together, but one consumer's calls go to one
 *       pod at a time, unless a wildcard gives the entries names of their own</td></tr>
 *   <tr><td>interface level, Nacos</td>
 *       <td>as above below a wildcard name; refused at one address</td>
 *       <td>its clients compare lists by address and port, and miss two thirds of the pods that come and go at one</td></tr>
 *   <tr><td>application level</td>
 *       <td>one instance for each pod, below a wildcard name ({@link io.landfall.registry.dubbo.EnteredInstance}); refused at one
 *       address ({@link io.landfall.registry.dubbo.ApplicationLevel})</td>
 *       <td>registries keep one entry for an address, and the first pod that leaves takes it from the others (decision 0019)</td></tr>
 * </table>
 *
 * <p>An entry is made only once a prober has seen this pod ready, which is when a balancer may route to it
 * ({@link io.landfall.registry.dubbo.Admission}): entries that come too early connect to other pods and stay there. Over the
 * dubbo protocol it leaves when a drain has seen its consumers elsewhere (decision 0015).
 *
 * <p>The other direction: an entry may say the pod's own address too, and a consumer in the same cluster may prefer that
 * ({@link io.landfall.registry.dubbo.PodAddressListener}, decision 0020).
 *
 * <p>When the registry is not as it should be (decision 0018):
 * <table>
 *   <caption>Faults, and what happens</caption>
 *   <tr><th>fault</th><th>what is done</th></tr>
 *   <tr><td>a ZooKeeper is not there when Dubbo starts</td>
 *       <td>the start waits for it, and the pod is alive and not ready; then all goes on
 *       ({@link io.landfall.registry.dubbo.FirstContact})</td></tr>
 *   <tr><td>it is gone when the entry is due, or refuses it</td>
 *       <td>the pod stays ready, for it can serve, and registration is tried again until it works, after half a second at first and
 *       half a minute at last</td></tr>
 *   <tr><td>it comes back after sessions have ended, perhaps without its data</td>
 *       <td>Dubbo enters again what was lost, and where it gives up this package does
 *       ({@link io.landfall.registry.dubbo.Entered})</td></tr>
 *   <tr><td>it cannot be told that the pod leaves</td>
 *       <td>the drain reports it and goes on; the entry ends with the session</td></tr>
 * </table>
 *
 * <p>Every log line of this package, and every message of its exceptions, names a registry by protocol, host and port: the rest of
 * its URL may hold a password ({@link io.landfall.registry.dubbo.Reason}).
 */
@NullMarked
package io.landfall.registry.dubbo;

import org.jspecify.annotations.NullMarked;
