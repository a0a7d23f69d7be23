package io.landfall.deploy.release;

/** What a gate says of a batch. */
public sealed interface Verdict {

    /** All is well. */
    record Passed() implements Verdict {}

    /**
     * The batch is bad.
     *
     * @param why in one line, for people
     */
    record Failed(String why) implements Verdict {}

    /**
     * Nobody knows: what had to be asked gave no answer.
     *
     * @param why in one line, for people
     */
    record Unknown(String why) implements Verdict {}
}
