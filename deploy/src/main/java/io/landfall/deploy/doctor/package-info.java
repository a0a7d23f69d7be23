/**
 * Whether releases can work in a namespace, and what is left of those that did not.
 *
 * <p>{@link io.landfall.deploy.doctor.Doctor} asks a cluster and changes nothing. Each {@link io.landfall.deploy.doctor.Finding} says what
 * was looked at, what is wrong, and what to do.
 */
@NullMarked
package io.landfall.deploy.doctor;

import org.jspecify.annotations.NullMarked;
