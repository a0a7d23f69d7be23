/**
 * Spring Cloud: what a pod registers is the external address, under the pod's own instance id.
 *
 * <p>Every discovery client reads its address, port and id from properties of its own. {@link
 * io.landfall.registry.springcloud.ExternalAddressListener} sets these before any of them is bound, so nothing is subclassed and
 * no bean is replaced; {@link io.landfall.registry.springcloud.DiscoveryProperties} says which they are. Each registry keeps an
 * entry per instance id, so that N pods behind one address are N instances with equal shares, and each pod takes out its own. Two
 * pods that were given one name are one instance there, and the first that leaves takes it out: nothing here can tell.
 *
 * <p>That gives the pods together their share. Which of them answers a call is decided by the balancer when a connection is opened,
 * and clients keep connections: {@link io.landfall.registry.springcloud.ShortConnections} lets servers end them after a few calls.
 *
 * <p>An application starts without its registry, is ready when it can serve, and is registered when the registry comes:
 * graceful-shutdown tries until it works. A registry that has forgotten us hears of us again by the heartbeat, Consul's because
 * of a property that is set here.
 *
 * <p>An instance may say the pod's own address too, and a load-balanced client in the same cluster may prefer that ({@link
 * io.landfall.registry.springcloud.PodAddressAutoConfiguration}).
 *
 * <p>An address that changes while the application runs is followed: {@link io.landfall.registry.springcloud.AddressFollower} looks,
 * and has each {@link io.landfall.registry.springcloud.RegistryEntry} moved in the way that its registry has for it, without being
 * away in between (decision 0021):
 * <table>
 *   <caption>What moves an entry</caption>
 *   <tr><th>registry</th><th>how</th><th>when others can see it</th></tr>
 *   <tr><td>Consul</td><td>the same id is registered again</td><td>at once</td></tr>
 *   <tr><td>ZooKeeper</td><td>the node gets other data</td><td>at once</td></tr>
 *   <tr><td>Eureka</td><td>the client's copy is changed, and sent when it next looks at it</td>
 *       <td>within the replication interval, 30 s by default</td></tr>
 *   <tr><td>Nacos</td><td>not at all: its entry is keyed by address, and is another one elsewhere</td>
 *       <td>at the next start</td></tr>
 * </table>
 */
@NullMarked
package io.landfall.registry.springcloud;

import org.jspecify.annotations.NullMarked;
