@NullMarked
package io.landfall.shutdown.springcloud;

import org.jspecify.annotations.NullMarked;
