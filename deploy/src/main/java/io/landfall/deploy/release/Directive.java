package io.landfall.deploy.release;

/**
 * What people have said of a running release. It is written beside the order, by compare-and-set, and the engine obeys it in whatever state
 * the release is.
 *
 * @param wish what is wanted now
 * @param admitted how many batches people admitted by hand; with {@link ReleaseOrder.Advance#AUTOMATIC} nobody asks
 * @param atOnce with {@link Wish#BACK}: not in batches
 * @param by who said it last
 */
public record Directive(Wish wish, int admitted, boolean atOnce, String by) {

    /** What is wanted. */
    public enum Wish {
        /** To go on. It also forgives a failure: gates and deadline count from then on. */
        RUN,
        /** To admit no further batch. */
        PAUSE,
        /** To end with what is there: some pods new, some old. */
        STAY,
        /** To go back to what was there before. */
        BACK
    }

    /** What is true of an order that nobody has said anything of. */
    public static Directive initial(String author) {
        return new Directive(Wish.RUN, 1, false, author);
    }
}
