package io.landfall.registry.dubbo;

import java.util.List;
import org.apache.dubbo.common.URL;
import org.jspecify.annotations.Nullable;

/** What is registered for one provider, or will be; equal to itself only. {@link Entered} guards it. */
final class Wanted {

    private List<URL> entries;
    private volatile boolean tried;
    private boolean entered;
    private boolean seenStanding;
    private boolean seenGone;
    private @Nullable String complaint;

    Wanted(List<URL> entries) {
        this.entries = entries;
    }

    List<URL> entries() {
        return entries;
    }

    String where() {
        return entries.get(0).getAddress();
    }

    /** Whether something of it may be in the registry. */
    boolean tried() {
        return tried;
    }

    void trying() {
        tried = true;
    }

    boolean entered() {
        return entered;
    }

    /**
     * All of it is in the registry.
     *
     * @param seenStanding whether it can be seen there
     */
    void nowEntered(boolean seenStanding) {
        entered = true;
        complaint = null;
        sawStanding(seenStanding);
    }

    void movedTo(List<URL> others, boolean seenStanding) {
        entries = others;
        sawStanding(seenStanding);
    }

    private void sawStanding(boolean standing) {
        seenStanding = standing;
        seenGone = false;
    }

    /** Whether it is worth looking: what was never seen standing is not where we look for it. */
    boolean watched() {
        return seenStanding;
    }

    /**
     * Takes what was seen.
     *
     * @return whether it is gone for the second time in a row, and so has to be made again. Says so once
     */
    boolean hasVanished(boolean gone) {
        boolean vanished = gone && seenGone;
        seenGone = gone;
        seenStanding = !vanished;
        return vanished;
    }

    /** Whether this is not what was wrong before. */
    boolean complains(String problem) {
        boolean news = !problem.equals(complaint);
        complaint = problem;
        return news;
    }
}
