/**
 * Spring Cloud's part of the drain, for every registry that has a {@code ServiceRegistry}: Eureka, Nacos, Consul, ZooKeeper.
 *
 * <p>Spring Cloud registers an application as soon as its web server listens, and takes it out when the context closes, beside
 * everything else that closes. Here it is entered when it is ready to serve ({@link
 * io.landfall.shutdown.Readiness#whenSeenReady}), and leaves at the drain's {@code WITHDRAWN}, while it still serves.
 * {@link io.landfall.shutdown.springcloud.GatedRegistry} stands before each registry and does both.
 */
@NullMarked
package io.landfall.shutdown.springcloud;

import org.jspecify.annotations.NullMarked;
