/**
 * The commands for tables of instances: {@code landfall instances plan instances.yaml}.
 *
 * <p>They read a table of instances, and print what it would become, what that would change, or apply it. What is wrong is said at once, a
 * line each; a password comes from a variable and is never shown.
 */
@NullMarked
package io.landfall.deploy.cli.instances;

import org.jspecify.annotations.NullMarked;
