/** The child processes of the main job, and what the machine must offer them: bounded waits, checks, clean endings. */
@NullMarked
package io.landfall.examples.quickstart.process;

import org.jspecify.annotations.NullMarked;
