package io.landfall.examples.quickstart.process;

/** Ends the main job; its message is the one sentence that the user reads. */
public final class CannotRunException extends RuntimeException {

    /** Says what is missing, or what was waited for in vain, and where to look. */
    public CannotRunException(String sentence) {
        super(sentence);
    }
}
