/** What a LoadBalancer's address and kube-proxy are to a client: one address, many pods, whole connections. */
@NullMarked
package io.landfall.examples.quickstart.balancer;

import org.jspecify.annotations.NullMarked;
