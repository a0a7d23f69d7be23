package io.landfall.deploy.image;

/** An image was not built. The message says why, in the builder's own last lines. */
public class BuildFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the whole reason. */
    public BuildFailedException(String message) {
        super(message);
    }
}
