/**
 * Spring Boot's part of the drain, as an auto-configuration: the application adds the jar and changes no code.
 *
 * <p>A context that closes (SIGTERM reaches it through Boot's own shutdown hook) drains first, before the web server stops,
 * before Dubbo is destroyed and before a bean of the application is. The readiness of Boot's availability state and of
 * {@link io.landfall.shutdown.Readiness} are the same truth.
 */
@NullMarked
package io.landfall.shutdown.spring;

import org.jspecify.annotations.NullMarked;
