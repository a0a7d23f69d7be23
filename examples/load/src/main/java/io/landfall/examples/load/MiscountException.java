package io.landfall.examples.load;

/** A call was lost count of, so that nothing in the report can be trusted. */
public final class MiscountException extends IllegalStateException {

    MiscountException(long sent, long answered, long lost, long named, long measured) {
        super("sent " + sent + " calls, but " + answered + " were answered (" + measured + " measured) and " + lost
                + " lost (" + named + " by name)");
    }
}
