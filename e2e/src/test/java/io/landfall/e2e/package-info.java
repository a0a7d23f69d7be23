/** The proofs. */
@NullMarked
package io.landfall.e2e;

import org.jspecify.annotations.NullMarked;
