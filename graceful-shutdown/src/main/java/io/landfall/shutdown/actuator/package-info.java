/** The drain as an actuator endpoint. */
@NullMarked
package io.landfall.shutdown.actuator;

import org.jspecify.annotations.NullMarked;
