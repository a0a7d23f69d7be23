package io.landfall.deploy.release;

/**
 * What people have said of a running release. It is written beside the order, by compare-and-set, and the engine obeys it in whatever state
 * the release is.
 *
 * @param wish what is wanted now
 * @param admitted how many batches people admitted by hand; with {@link ReleaseOrder.Advance#AUTOMATIC} nobody asks
 * @param atOnce with {@link Wish#BACK}: not in batches
 * @param by who said it last
 * @param said how often something was said: what is said after a failure forgives it, what was said before does not
 */
public record Directive(Wish wish, int admitted, boolean atOnce, String by, int said) {

    /** What is wanted. */
    public enum Wish {
        /** To go on, in the direction that it has. It also forgives a failure: gates and deadline count from then on. */
        RUN,
        /** To admit no further batch. */
        PAUSE,
        /** To end with what is there: some pods new, some old. */
        STAY,
        /** To go back to what was there before. Nobody admits batches on the way back; there is no way forward from it. */
        BACK
    }

    /** What is true of an order that nobody has said anything of. */
    public static Directive initial(String author) {
        return new Directive(Wish.RUN, 1, false, author, 0);
    }

    /** Also for somebody who says the same again: that forgives a failure since. */
    public Directive say(Wish changed, String who) {
        return new Directive(changed, admitted, atOnce, who, said + 1);
    }

    /** Goes back, with all pods at once or in the batches of the order. */
    public Directive back(boolean all, String who) {
        return new Directive(Wish.BACK, admitted, all, who, said + 1);
    }

    /** Admits batches up to this one, and goes on if it was paused. */
    public Directive admit(int batch, String who) {
        return new Directive(Wish.RUN, Math.max(admitted, batch), atOnce, who, said + 1);
    }
}
