package io.landfall.deploy.release;

import java.net.URI;

/** What has to be true of a batch before the next, beside that its pods are ready. */
public sealed interface Gate {

    /**
     * Containers of new pods do not start again.
     *
     * @param most how often altogether, before the gate fails; 0: never
     */
    record Restarts(int most) implements Gate {}

    /**
     * A query that has to hold.
     *
     * @param server the Prometheus
     * @param query one that gives a series where all is well and none where it is not: {@code error_ratio < 0.01}
     */
    record Prometheus(URI server, String query) implements Gate {}

    /**
     * A page that has to answer with a 2xx.
     *
     * @param address what is asked
     */
    record Http(URI address) implements Gate {}
}
