/**
 * What is looked at before files become a snapshot, and which of their keys are secret.
 *
 * <p>{@link io.landfall.config.validation.FileKeys} reads a file's keys with their lines, in each format by a reader of its own
 * that runs nothing, follows nothing out of the file, and bounds what it unfolds.
 * {@link io.landfall.config.validation.FormatCheck} says what such a reader complains of,
 * {@link io.landfall.config.validation.SchemaCheck} what a JSON Schema does, and
 * {@link io.landfall.config.validation.SecretKeys} marks keys by their names.
 *
 * <p>Nothing here ever says a value: it may be a secret. That is why the parsers' own messages, which quote what they stumbled
 * over, are not passed on.
 */
@NullMarked
package io.landfall.config.validation;

import org.jspecify.annotations.NullMarked;
