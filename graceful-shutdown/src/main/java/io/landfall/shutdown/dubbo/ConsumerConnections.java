package io.landfall.shutdown.dubbo;

/**
 * The connections that consumers hold to this process over the dubbo protocol, for who wants them spread evenly over the
 * processes behind one address: a balancer spreads them at random, and never again. Safe for any thread.
 */
public interface ConsumerConnections {

    /** How many are open, without those whose consumers have been asked to leave. */
    int staying();

    /**
     * Ends so many connections, and no call on them is lost: each consumer is asked to use another one, and when nothing runs
     * on this one and nothing comes any more, it is closed. The consumer connects anew, and the balancer may choose another
     * process. Until then, up to three seconds, a consumer that has no other connection or provider finds none: whoever
     * retires must leave each consumer one. Returns at once. Those who hold most connections are asked first. Does nothing
     * once a drain has begun.
     *
     * @param count how many; more than there are, and none: as many as there are, and none
     */
    void retire(int count);
}
