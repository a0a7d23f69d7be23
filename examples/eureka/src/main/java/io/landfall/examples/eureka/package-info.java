/**
 * Spring Cloud's side of the old world, as stock as it comes: a Eureka server, and a consumer with Spring Cloud LoadBalancer as
 * a load process.
 */
@NullMarked
package io.landfall.examples.eureka;

import org.jspecify.annotations.NullMarked;
