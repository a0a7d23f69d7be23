/**
 * Nacos: the real clients, Spring Cloud Alibaba's and Dubbo's, against {@link io.landfall.registry.nacos.NacosFixture}, which is no
 * server, but behaves as one was measured to.
 */
@NullMarked
package io.landfall.registry.nacos;

import org.jspecify.annotations.NullMarked;
