/** A plain HTTP client as a load process. */
@NullMarked
package io.landfall.examples.load.http;

import org.jspecify.annotations.NullMarked;
