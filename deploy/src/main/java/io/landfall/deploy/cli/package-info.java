/**
 * The command line: {@code java -jar deploy-cli.jar instances plan instances.yaml}.
 *
 * <p>{@link io.landfall.deploy.cli.DeployCommand} is the program. Its commands read a table of instances, and print what it would become,
 * what that would change, or apply it. What is wrong is said at once, a line each; a password comes from a variable and is never shown.
 */
@NullMarked
package io.landfall.deploy.cli;

import org.jspecify.annotations.NullMarked;
