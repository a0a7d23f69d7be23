package io.landfall.shutdown.dubbo.consumer;

/**
 * The hop that new calls take. A call enters it and then looks again whether it still is the current one; who replaces it first
 * makes another one current, and then looks whether the old one is empty. Whichever comes first, the other sees it: no call is
 * ever in a hop that was found empty after it was replaced. Safe for any thread; shown in {@code stress}.
 */
final class CurrentHop<T> {

    private volatile Hop<T> hop;

    CurrentHop(Hop<T> hop) {
        this.hop = hop;
    }

    Hop<T> get() {
        return hop;
    }

    /** The caller calls {@link Hop#exit} when its call has ended. */
    Hop<T> enter() {
        while (true) {
            Hop<T> found = hop;
            found.enter();
            if (found == hop) {
                return found;
            }
            found.exit();
        }
    }

    /** One thread at a time. */
    void replace(Hop<T> next) {
        hop = next;
    }
}
