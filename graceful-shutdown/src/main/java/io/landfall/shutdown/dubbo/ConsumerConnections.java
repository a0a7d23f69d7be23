package io.landfall.shutdown.dubbo;

import java.util.Map;

/**
 * The connections that consumers hold to this process over the dubbo protocol, for who wants them spread evenly over the
 * processes behind one address: a balancer spreads them at random, and never again. Safe for any thread.
 */
public interface ConsumerConnections {

    /**
     * How many connections each holder has open, without those it has been asked to leave. Holders that cannot be told apart, because
     * they have not called yet or count their requests from zero as Dubbo 2 does, are not among them.
     */
    Map<Holder, Integer> staying();

    /**
     * Ends so many connections of a holder, and no call on them is lost: the consumer is asked to use another one, and when nothing
     * runs on this one and nothing comes any more, it is closed. The consumer connects anew within a few seconds, and the balancer
     * may choose another process. Returns at once. Does nothing once a drain has begun.
     *
     * @param count how many; one is left to the holder in any case, so that it never finds itself without a provider
     */
    void retire(Holder holder, int count);

    /**
     * Whose connections can stand in for one another. Equal if it is the same.
     *
     * @param process the consumer's process
     * @param service the service that it calls over them, as {@code group/path:version}; empty where it calls all over each
     */
    record Holder(Object process, String service) {}
}
