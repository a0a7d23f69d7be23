package io.landfall.deploy.image;

import java.util.function.Consumer;

/** Builds images, and pushes them. One that a team writes itself is found by nobody: it is given to whoever releases. */
public interface ImageBuilder {

    /**
     * Builds and pushes one, and returns when that is done.
     *
     * @param output gets what the builder says, a line at a time, as it comes
     * @return the image, with its digest if the builder tells it
     * @throws BuildFailedException if it failed, took longer than the deadline, or the thread was interrupted
     */
    ImageReference build(BuildRequest request, Consumer<String> output);
}
