@NullMarked
package io.landfall.e2e.cluster;

import org.jspecify.annotations.NullMarked;
