package io.landfall.registry.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a SIGTERM does: undoes what was done, and ends with 0. Java itself would end with 143, which a pod shows as an error.
 */
final class Termination implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Termination.class);

    private volatile Runnable undo = () -> {};
    private volatile boolean over;

    /** Takes effect at once. */
    static Termination install() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(termination::stop, "landfall-stop"));
        return termination;
    }

    /** From now on, that is what is undone; must end within a bound of its own. */
    void undoing(Runnable action) {
        undo = action;
    }

    /** The program ends by itself: its own exit code counts. */
    @Override
    public void close() {
        over = true;
    }

    private void stop() {
        if (over) {
            return;
        }
        log.info("Stopping");
        int status = 0;
        try {
            undo.run();
        } catch (RuntimeException e) {
            log.error("Stopping failed", e);
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }
}
