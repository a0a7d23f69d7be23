package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.InFlight;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.remoting.RemotingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the connections that consumers hold, one by one, while the service still answers.
 *
 * <p>A consumer behind a balancer holds connections that the balancer will not move; unless somebody ends them, calls keep
 * coming for as long as the pod lives. On the dubbo protocol a connection is marked READONLY and closed once nothing runs
 * on it and nothing came for a while: the consumer reconnects at once, to a pod that is ready. On triple, which has no
 * READONLY, the consumer gets a moment to leave by itself, then a graceful GOAWAY.
 */
final class CloseIdleConnections implements DrainStep {

    private static final Logger log = LoggerFactory.getLogger(CloseIdleConnections.class);
    private static final long LOOK_EVERY_MILLIS = 20;
    /** Longer than a call needs from the consumer's decision to the provider's read. */
    private static final Duration IDLE = Duration.ofMillis(500);
    /** Most consumers have heard from the registry by then (measured: 0.9 s), and have closed what they will close. */
    private static final Duration TRIPLE_LEAVES_BY_ITSELF = Duration.ofSeconds(1);

    /**
     * How long the second half of the dubbo connections stays usable. A consumer all of whose connections are READONLY has
     * no provider at all until the first of them is closed and opened again (measured: 69 of 13,898 calls).
     */
    private static final Duration SECOND_HALF_AFTER = Duration.ofSeconds(1);

    /** Far longer than a response waits between its result and its connection. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(2);

    private final InFlight calls;
    private final Connections dubbo;
    private final TripleConnections triple;

    CloseIdleConnections(InFlight calls, Connections dubbo, TripleConnections triple) {
        this.calls = calls;
        this.dubbo = dubbo;
        this.triple = triple;
    }

    @Override
    public String name() {
        return "close connections";
    }

    @Override
    public DrainPhase phase() {
        return DrainPhase.QUIET;
    }

    /** Ends when no connection is left. New ones that still come are treated the same. */
    @Override
    public void run(Deadline deadline) throws InterruptedException {
        Map<TripleConnections.Connection, TripleWatch> watched = new HashMap<>();
        long secondHalfAt = System.nanoTime() + SECOND_HALF_AFTER.toNanos();
        while (DubboDrain.timeLeft(deadline)) {
            boolean dubboLeft = closeIdleDubbo(System.nanoTime() - secondHalfAt >= 0);
            boolean tripleLeft = closeTriple(watched, deadline);
            if (!dubboLeft && !tripleLeft) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        dubbo.open().forEach(connection -> log.info("Connection from {} is still in use at the deadline", connection));
    }

    private boolean closeIdleDubbo(boolean secondHalfIsDue) {
        Collection<Connections.Connection> open = dubbo.open();
        boolean all = secondHalfIsDue || open.stream().noneMatch(CloseIdleConnections::isOfFirstHalf);
        for (Connections.Connection connection : open) {
            if (all || isOfFirstHalf(connection)) {
                tellReadOnly(connection);
            }
            if (connection.told() && (connection.idleFor(IDLE) || forgotten(connection))) {
                connection.close();
            }
        }
        return !open.isEmpty();
    }

    /** A consumer opens its connections one after the other, so every second one is half of each consumer's. */
    private static boolean isOfFirstHalf(Connections.Connection connection) {
        return connection.number() % 2 == 1;
    }

    /** A codec that is not Dubbo's own writes its responses past us; no call at all in this process proves it was. */
    private boolean forgotten(Connections.Connection connection) {
        return calls.count() == 0 && connection.quietFor(FORGOTTEN);
    }

    private static void tellReadOnly(Connections.Connection connection) {
        try {
            connection.tellReadOnly();
        } catch (RemotingException e) {
            // A connection that cannot be written to is about to be closed by its other end.
            log.debug("Connection from {} could not be told: {}", connection, e.toString());
        }
    }

    private boolean closeTriple(Map<TripleConnections.Connection, TripleWatch> watched, Deadline deadline) {
        var open = triple.open();
        open.forEach(connection ->
                watched.computeIfAbsent(connection, TripleWatch::new).look(deadline));
        return !open.isEmpty();
    }

    /**
     * What is known of one triple connection.
     *
     * <p>Between the first GOAWAY, which refuses nothing, and the second, which refuses whatever the consumer opened after
     * it, Dubbo waits for a ping's answer only. A consumer's calls that wait in its write queue then come too late, and we
     * believe (from reading Netty; the race was not reproduced) that a further frame of such a stream breaks the connection
     * with every call on it, as was seen in releases. So the second GOAWAY is left until nothing has come for a while.
     */
    private static final class TripleWatch {
        private final TripleConnections.Connection connection;
        private final long since = System.nanoTime();
        private int lastStream;
        private long lastEventAt = since;
        private boolean asked;
        private boolean closing;

        TripleWatch(TripleConnections.Connection connection) {
            this.connection = connection;
            this.lastStream = connection.lastStream();
        }

        void look(Deadline deadline) {
            long now = System.nanoTime();
            boolean busy = connection.runningStreams() > 0;
            if (busy || connection.lastStream() != lastStream) {
                lastStream = connection.lastStream();
                lastEventAt = now;
            }
            if (!asked && now - since >= TRIPLE_LEAVES_BY_ITSELF.toNanos()) {
                asked = true;
                connection.askToLeave();
            }
            if (!closing && now - lastEventAt >= IDLE.toNanos()) {
                closing = true;
                connection.closeGracefully(deadline.remaining().toMillis());
            }
        }
    }
}
