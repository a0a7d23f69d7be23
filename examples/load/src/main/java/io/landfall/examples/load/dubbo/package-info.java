/** A stock Dubbo consumer as a load process: plain Dubbo and ZooKeeper, nothing of Landfall. */
@NullMarked
package io.landfall.examples.load.dubbo;

import org.jspecify.annotations.NullMarked;
