/**
 * Files that people write, read so that everything wrong in them is said at once, with the line.
 *
 * <p>{@link io.landfall.deploy.yaml.YamlText} makes nodes of a text, {@link io.landfall.deploy.yaml.Fields} asks a mapping for its keys,
 * {@link io.landfall.deploy.yaml.Formats} knows how values are written, and {@link io.landfall.deploy.yaml.Complaints} collects what is
 * wrong. Values are read as text: no version number becomes a float, and no {@code no} a boolean.
 */
@NullMarked
package io.landfall.deploy.yaml;

import org.jspecify.annotations.NullMarked;
