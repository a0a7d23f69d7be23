/**
 * The external address from where Kubernetes itself keeps it: {@code status.loadBalancer.ingress} of a Service.
 *
 * <p>It needs access to the API server; the injected file needs none, and comes before this. A pod gets it by a Role that names the
 * Service, since it is listed and watched by a field selector on its name, and by a RoleBinding for the pod's service account:
 *
 * <pre>{@code
 * rules:
 *   - apiGroups: [""]
 *     resources: [services]
 *     resourceNames: [orders]
 *     verbs: [get, list, watch]
 * }</pre>
 *
 * <p>{@link io.landfall.registry.kubernetes.ServiceStatus} waits for the address at the start. From then on one watch follows the
 * Service ({@link io.landfall.registry.kubernetes.ServiceWatch}): another address is taken, and one that vanishes stays. A pod
 * costs the API server one open connection, made anew every five to ten minutes, and no questions. What Landfall says of an API server
 * that is away is one line; fabric8's transport over the JDK's client adds a warning of its own for each connection that breaks
 * ({@code io.fabric8.kubernetes.client.jdkhttp}).
 */
@NullMarked
package io.landfall.registry.kubernetes;

import org.jspecify.annotations.NullMarked;
