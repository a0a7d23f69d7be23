/** The application that is released: a plain Dubbo provider, the same class with and without Landfall. */
@NullMarked
package io.landfall.examples.quickstart.provider;

import org.jspecify.annotations.NullMarked;
