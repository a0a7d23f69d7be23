/**
 * The external address from where Kubernetes itself keeps it: {@code status.loadBalancer.ingress} of a Service.
 *
 * <p>It needs access to the API server, which a pod gets by a Role; the injected file needs none, and comes before this.
 */
@NullMarked
package io.landfall.registry.kubernetes;

import org.jspecify.annotations.NullMarked;
