/**
 * A plain Dubbo application, to be put into a container image: the same class is stock Dubbo, or released with Landfall,
 * depending on nothing but the class path.
 */
@NullMarked
package io.landfall.examples.greeter;

import org.jspecify.annotations.NullMarked;
