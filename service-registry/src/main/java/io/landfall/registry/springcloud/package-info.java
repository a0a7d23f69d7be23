/**
 * Spring Cloud: what a pod registers is the external address, under the pod's own instance id.
 *
 * <p>Every discovery client reads its address, port and id from properties of its own. {@link
 * io.landfall.registry.springcloud.ExternalAddressListener} sets these before any of them is bound, so nothing is subclassed and
 * no bean is replaced; {@link io.landfall.registry.springcloud.DiscoveryProperties} says which they are. Each registry keeps an
 * entry per instance id, so that N pods behind one address are N instances with equal shares, and each pod takes out its own.
 *
 * <p>That gives the pods together their share. Which of them answers a call is decided by the balancer when a connection is opened,
 * and clients keep connections: {@link io.landfall.registry.springcloud.ShortConnections} lets servers end them after a few calls.
 *
 * <p>An instance may say the pod's own address too, and a load-balanced client in the same cluster may prefer that ({@link
 * io.landfall.registry.springcloud.PodAddressAutoConfiguration}).
 */
@NullMarked
package io.landfall.registry.springcloud;

import org.jspecify.annotations.NullMarked;
