@NullMarked
package io.landfall.shutdown.dubbo.consumer;

import org.jspecify.annotations.NullMarked;
