package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.InFlight;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the connections that consumers hold, one by one, while the service still answers.
 *
 * <p>A consumer behind a balancer holds connections that the balancer will not move; unless somebody ends them, calls keep
 * coming for as long as the pod lives. Each gets a {@link Farewell}: on the dubbo protocol the consumer is told READONLY,
 * on triple it gets a GOAWAY that refuses nothing.
 */
final class CloseIdleConnections implements DrainStep {

    private static final Logger log = LoggerFactory.getLogger(CloseIdleConnections.class);
    private static final long LOOK_EVERY_MILLIS = 20;

    /**
     * How long the second half of the dubbo connections stays usable. A consumer all of whose connections are READONLY has
     * no provider at all until the first of them is closed and opened again (measured: 69 of 13,898 calls). And how long
     * triple's consumers, who have one connection only, get to leave by themselves: most have heard from the registry by
     * then (measured: 0.9 s).
     */
    private static final Duration SECOND_HALF_AFTER = Duration.ofSeconds(1);

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
        Map<ConsumerConnection, Farewell> farewells = new HashMap<>();
        long secondHalfAt = System.nanoTime() + SECOND_HALF_AFTER.toNanos();
        while (DubboDrain.timeLeft(deadline)) {
            boolean secondHalfIsDue = System.nanoTime() - secondHalfAt >= 0;
            List<Connections.Connection> overDubbo = dubbo.open(calls.count() > 0);
            boolean noFirstHalf = overDubbo.stream().noneMatch(CloseIdleConnections::isOfFirstHalf);
            overDubbo.forEach(connection ->
                    look(farewells, connection, secondHalfIsDue || noFirstHalf || isOfFirstHalf(connection), deadline));
            List<TripleConnections.Connection> overTriple = triple.open();
            overTriple.forEach(connection -> look(farewells, connection, secondHalfIsDue, deadline));
            if (overDubbo.isEmpty() && overTriple.isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        dubbo.open(true).forEach(connection -> log.info("{} is still in use at the deadline", connection));
        triple.open().forEach(connection -> log.info("{} is still in use at the deadline", connection));
    }

    private static void look(
            Map<ConsumerConnection, Farewell> farewells,
            ConsumerConnection connection,
            boolean due,
            Deadline deadline) {
        farewells
                .computeIfAbsent(connection, added -> new Farewell(added, System::nanoTime))
                .look(due, deadline.remaining());
    }

    /** A consumer opens its connections one after the other, so every second one is half of each consumer's. */
    private static boolean isOfFirstHalf(Connections.Connection connection) {
        return connection.number() % 2 == 1;
    }
}
