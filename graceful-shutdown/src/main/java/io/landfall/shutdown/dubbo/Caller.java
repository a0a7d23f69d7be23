package io.landfall.shutdown.dubbo;

/**
 * A process that calls this one, told from others by the numbers of its requests: Dubbo 3 begins to count at a random number of
 * 64 bits ({@code org.apache.dubbo.remoting.exchange.Request}), and all connections of a process take their numbers from that
 * one count. Numbers that are near each other are of one process, also where an address says nothing: two processes of one machine,
 * or a whole cluster behind one gateway. Equal if it is the same process. Safe for any thread.
 */
final class Caller {

    /** One that counts from zero, as Dubbo 2 did: many do, and their numbers tell nothing. */
    static final Caller ANYBODY = new Caller(0);

    /** More requests than a process makes between two looks at its numbers. Of two billion pairs of processes, one begins nearer. */
    private static final long NEAR = 1L << 32;

    private static final long COUNTS_FROM_ZERO = 1L << 40;

    private volatile long number;
    private volatile boolean sharesConnections;

    private Caller(long number) {
        this.number = number;
    }

    /** The caller of a request that no known caller can have sent. */
    static Caller of(long number) {
        return number >= 0 && number < COUNTS_FROM_ZERO ? ANYBODY : new Caller(number);
    }

    /** Whether a request can be its. */
    boolean mayHaveSent(long request) {
        // Numbers may run over.
        long apart = request - number;
        return this != ANYBODY && apart < NEAR && apart > -NEAR;
    }

    /** Its count has come so far. */
    void hasCountedTo(long request) {
        if (this != ANYBODY) {
            number = request;
        }
    }

    /** Whether it calls several services over one connection: then each of its connections is as good as any other. */
    boolean sharesConnections() {
        return sharesConnections;
    }

    void callsSeveralServicesOverOne() {
        sharesConnections = this != ANYBODY;
    }

    @Override
    public String toString() {
        return "process " + Long.toHexString(number >>> Integer.SIZE);
    }
}
