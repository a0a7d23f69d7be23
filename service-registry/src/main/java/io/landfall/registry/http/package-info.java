/**
 * Registries that are spoken to over HTTP, by the JDK's own client: Eureka and Consul.
 *
 * <p>{@link io.landfall.registry.http.RegistryUrl} says which and where. Both keep an entry for each instance id and replace it in
 * place, so N pods behind one address are N instances, and an address that changes is never gone. What they get is what Spring
 * Cloud's clients send for a pod, so that consumers see no difference.
 *
 * <p>Nacos is refused: over HTTP it keeps one record for an address and a port, and one removal takes all pods behind it out.
 */
@NullMarked
package io.landfall.registry.http;

import org.jspecify.annotations.NullMarked;
