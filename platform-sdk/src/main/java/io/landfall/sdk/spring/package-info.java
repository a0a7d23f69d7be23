/**
 * What a Spring Boot application gets with the one dependency: the modules for applications, and in a pod the settings that
 * nobody should have to write. Each part has one switch: {@code landfall.drain.enabled}, {@code landfall.registry.enabled},
 * {@code landfall.config.enabled}, {@code landfall.probe.enabled}.
 */
@NullMarked
package io.landfall.sdk.spring;

import org.jspecify.annotations.NullMarked;
