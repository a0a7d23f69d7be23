/** A real ZooKeeper in this process, and what is entered in it. */
@NullMarked
package io.landfall.examples.quickstart.registry;

import org.jspecify.annotations.NullMarked;
