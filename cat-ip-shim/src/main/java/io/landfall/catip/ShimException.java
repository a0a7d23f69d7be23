package io.landfall.catip;

/** Why the JVM should not go on: its message is the one sentence that is printed. */
public final class ShimException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String sentence;

    /**
     * Says why.
     *
     * @param sentence what is wrong, where, and what to do; no full stop at its end
     */
    public ShimException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** The message. */
    public String sentence() {
        return sentence;
    }
}
