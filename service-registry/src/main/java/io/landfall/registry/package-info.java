/**
 * Which address a service registers, and how N pods behind one address count as N.
 *
 * <p>A pod's own address means nothing outside its cluster, so a pod registers the external address of the LoadBalancer in
 * front of it. {@link io.landfall.registry.AddressChain} finds that address, or says where it looked;
 * {@link io.landfall.registry.PodShare} splits what the registry sees of one pod into entries that stay distinct from
 * those of the other pods behind the same address. The packages below enter it into a registry. Who is in the pod's own
 * cluster may be told a shorter way ({@link io.landfall.registry.InCluster}).
 *
 * <p>Services that register themselves do it by {@link io.landfall.registry.Registration}, which keeps a
 * {@link io.landfall.registry.ServiceInstance} in a {@link io.landfall.registry.ServiceRegistry} until it is withdrawn.
 */
@NullMarked
package io.landfall.registry;

import org.jspecify.annotations.NullMarked;
