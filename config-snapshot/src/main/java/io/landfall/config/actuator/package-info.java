/**
 * Which configuration an application has, to operators: {@code /actuator/snapshot}, and health.
 *
 * <p>Health is up with any revision. One that was refused is a detail of it: the application serves with what it has, and starting it
 * anew would help nobody.
 */
@NullMarked
package io.landfall.config.actuator;

import org.jspecify.annotations.NullMarked;
