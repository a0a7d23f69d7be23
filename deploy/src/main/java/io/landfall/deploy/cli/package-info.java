/**
 * The command line: {@code java -jar deploy-cli.jar release -f landfall.yaml -e test --wait}.
 *
 * <p>{@link io.landfall.deploy.cli.LandfallCommand} is the program, with a class for each command. A {@code ReleaseDesk} is what commands
 * need of a cluster; what they show is made in {@code report}. What is wrong is said at once, a line each, and nothing asks back, so that
 * a pipeline never hangs.
 */
@NullMarked
package io.landfall.deploy.cli;

import org.jspecify.annotations.NullMarked;
