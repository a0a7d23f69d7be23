package io.landfall.shutdown.dubbo;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How one connection is brought to its end without losing a call: wait until the consumer is awake, ask, be sure that it was
 * heard, wait until nothing comes any more, be sure that nothing is on its way, close.
 *
 * <p>Time alone proves nothing about the other side. Measured on a busy machine: a consumer took 0.8 s to read that it
 * should leave, then sent the calls that had been waiting meanwhile, and a connection that was closed because it had been
 * idle for half a second lost 27 of them. An answer proves that the consumer's event loop has turned since: it has read the
 * request to leave, and written what was queued before. RFC 9113, section 6.8, asks for a round trip for the same reason.
 *
 * <p>And a stock triple consumer that reads a GOAWAY closes its connection as soon as nothing runs on it, with the calls
 * that are still waiting in its event loop; few are when it has just answered at once.
 */
final class Farewell {

    /** A call needs less between the consumer's choice of a connection and our reading it. */
    static final Duration IDLE = Duration.ofMillis(500);
    /** A consumer that answers faster than that has nothing waiting. */
    static final Duration PROMPT = Duration.ofMillis(60);
    /** One that is never that fast must not hold up the drain. */
    static final Duration PROMPT_WITHIN = Duration.ofSeconds(2);
    /** After that the consumer is taken for gone: one that is alive, and only slow, has answered by then. */
    static final Duration NO_ANSWER = Duration.ofSeconds(5);

    private enum State {
        IN_USE,
        SOUNDED,
        ASKED,
        LISTENING,
        CLOSING
    }

    private final ConsumerConnection connection;
    private final LongSupplier nanoClock;
    private State state = State.IN_USE;
    private long requestsSeen;
    private long firstPingedAt;
    private long pingedAt;
    private long lastEventAt;

    Farewell(ConsumerConnection connection, LongSupplier nanoClock) {
        this.connection = connection;
        this.nanoClock = nanoClock;
        this.requestsSeen = connection.requests();
        this.lastEventAt = nanoClock.getAsLong();
    }

    /**
     * Looks, and does what there is to do. Call it every few milliseconds, from one thread.
     *
     * @param due whether the consumer may be asked now
     * @param patience what is left of the drain's time
     */
    void look(boolean due, Duration patience) {
        boolean moved = noteEvents();
        switch (state) {
            case IN_USE -> {
                if (due) {
                    ping(State.SOUNDED);
                    firstPingedAt = pingedAt;
                }
            }
            case SOUNDED -> {
                if (since(firstPingedAt) >= PROMPT_WITHIN.toNanos()
                        || (connection.answered() && since(pingedAt) <= PROMPT.toNanos())) {
                    connection.askToLeave();
                    ping(State.ASKED);
                } else if (connection.answered()) {
                    ping(State.SOUNDED);
                }
            }
            case ASKED -> {
                if (heard() && idle()) {
                    ping(State.LISTENING);
                }
            }
            case LISTENING -> {
                if (moved) {
                    state = State.ASKED;
                } else if (heard()) {
                    state = State.CLOSING;
                    connection.close(patience);
                }
            }
            case CLOSING -> {
                // until it is gone
            }
        }
    }

    private void ping(State next) {
        connection.ping();
        pingedAt = nanoClock.getAsLong();
        state = next;
    }

    private boolean heard() {
        return connection.answered() || since(pingedAt) >= NO_ANSWER.toNanos();
    }

    private boolean idle() {
        return since(lastEventAt) >= IDLE.toNanos();
    }

    private long since(long nanos) {
        return nanoClock.getAsLong() - nanos;
    }

    /** Whether anything has come, or runs. An unanswered ping counts, so that being idle begins with the answer. */
    private boolean noteEvents() {
        long requests = connection.requests();
        boolean moved = connection.busy() || requests != requestsSeen;
        requestsSeen = requests;
        if (moved || (state == State.ASKED && !heard())) {
            lastEventAt = nanoClock.getAsLong();
        }
        return moved;
    }
}
