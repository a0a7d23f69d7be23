/**
 * Reads the table of instances from YAML, wherever the text comes from: a file, or a namespace of Apollo.
 *
 * <p>{@link io.landfall.deploy.instances.InstanceTableReader} refuses what cannot work, all of it at once, and names the line, and in
 * the rows of instances the row and the column. Values are read as text: no version number becomes a float, and no {@code no} a
 * boolean.
 */
@NullMarked
package io.landfall.deploy.instances;

import org.jspecify.annotations.NullMarked;
