@NullMarked
package io.landfall.e2e.field;

import org.jspecify.annotations.NullMarked;
