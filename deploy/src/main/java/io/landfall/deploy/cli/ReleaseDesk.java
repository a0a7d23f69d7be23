package io.landfall.deploy.cli;

import io.landfall.deploy.release.ReleaseCluster;
import java.time.Duration;
import java.util.Optional;

/** Where releases of one namespace are ordered, watched and driven. */
interface ReleaseDesk extends AutoCloseable {

    /** Which namespace. */
    String namespace();

    /** Its orders and workloads. */
    ReleaseCluster cluster();

    /**
     * Makes an order of what is asked for, and has the API server check it. Changes nothing.
     *
     * @throws io.landfall.deploy.RefusedException with all that is wrong
     */
    Draft draft(Request request);

    /** Which engine has the lease; empty: none has, or one that is dead. */
    Optional<String> engine();

    /**
     * Is an engine from now on, if no other one is.
     *
     * @return ends it
     */
    Driving drive();

    /** Returns when something may have changed, or some time is over. */
    void awaitChange(Duration most) throws InterruptedException;

    /** A running engine. */
    interface Driving extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    void close();
}
