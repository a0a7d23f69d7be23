package io.landfall.shutdown.dubbo;

import java.time.Duration;

/** A connection that a consumer holds to this process, whatever the protocol. Equal if it is the same connection. */
interface ConsumerConnection {

    /** Asks the consumer to send its next calls over another connection. What still comes is served. */
    void askToLeave();

    /** Sends something that the consumer answers when it has read everything that was written before. */
    void ping();

    /** Whether the last {@link #ping} was answered. */
    boolean answered();

    /** Whether calls run on it. */
    boolean busy();

    /** How many requests have come so far; grows with every call. */
    long requests();

    /**
     * Begins to close, when everything written has been sent. Does nothing if called again.
     *
     * @param patience what calls that come at the last moment may take
     */
    void close(Duration patience);
}
