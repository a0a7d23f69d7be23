package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.InFlight;
import io.landfall.shutdown.dubbo.Connections.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * How long triple's consumers, who have one connection only, get to leave by themselves: most have heard from the registry by
     * then (measured: 0.9 s).
     */
    private static final Duration TRIPLE_AFTER = Duration.ofSeconds(1);

    private final InFlight calls;
    private final Connections dubbo;
    private final TripleConnections triple;
    private final LastWithdrawals withdrawals;

    /** @param withdrawals are told when consumers over the dubbo protocol are elsewhere */
    CloseIdleConnections(InFlight calls, Connections dubbo, TripleConnections triple, LastWithdrawals withdrawals) {
        this.calls = calls;
        this.dubbo = dubbo;
        this.triple = triple;
        this.withdrawals = withdrawals;
    }

    @Override
    public String name() {
        return "close connections";
    }

    @Override
    public DrainPhase phase() {
        return DrainPhase.QUIET;
    }

    /**
     * Ends when no connection is left, and those that are to come back elsewhere have had the time for it. New ones that still
     * come are treated the same.
     */
    @Override
    public void run(Deadline deadline) throws InterruptedException {
        Map<ConsumerConnection, Farewell> farewells = new HashMap<>();
        Turns turns = new Turns(dubbo, System::nanoTime);
        long tripleAt = System.nanoTime() + TRIPLE_AFTER.toNanos();
        while (DubboDrain.timeLeft(deadline)) {
            List<Connection> overDubbo = dubbo.open(calls.count() > 0);
            turns.look(overDubbo);
            Set<Connection> kept = turns.kept();
            overDubbo.forEach(connection -> look(farewells, connection, !kept.contains(connection), deadline));
            List<TripleConnections.Connection> overTriple = triple.open();
            boolean tripleIsDue = System.nanoTime() - tripleAt >= 0;
            overTriple.forEach(connection -> look(farewells, connection, tripleIsDue, deadline));
            boolean othersAreBack = turns.othersAreBack();
            if (othersAreBack) {
                withdrawals.allow();
            }
            if (overDubbo.isEmpty() && overTriple.isEmpty() && (othersAreBack || withdrawals.isEmpty())) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        dubbo.open(true).forEach(connection -> log.info("{} is still in use at the deadline", connection));
        triple.open().forEach(connection -> log.info("{} is still in use at the deadline", connection));
        withdrawals.allow();
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
}
