package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.dubbo.Connections.Connection;
import io.landfall.shutdown.dubbo.ConsumerConnections.Holder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * In which order the connections of a draining process end, so that no consumer ever finds all of its own unusable.
 *
 * <p>Behind a balancer several connections of one consumer, perhaps all, end at this process. What is closed comes back in a few
 * seconds, at another one; until then the consumer keeps one here. It is not enough to close them one by one: what was asked
 * to leave is out of use until it has come back (measured: 69 of 13,898 calls found no provider). One thread's.
 */
final class Turns {

    /** A stock consumer looks every two seconds whether it has to connect anew: a third of its idle timeout. */
    static final Duration BACK_AFTER = Duration.ofMillis(2_500);
    /** A connection that is busy for longer must not make its neighbour busy, too. */
    static final Duration KEPT_AT_MOST = Duration.ofSeconds(10);
    /** Where callers cannot be told apart. */
    static final Duration SECOND_HALF_AFTER = Duration.ofSeconds(1);

    private static final int NOT_LOOKED_YET = -1;

    /** The one that is kept must be usable; our own, since it need not come back. */
    private static final Comparator<Connection> BEST_TO_KEEP = Comparator.comparing(
                    (Connection connection) -> !connection.askedToLeave())
            .thenComparing(Connection::isOwn)
            .thenComparing(Connection::number);

    private final Connections connections;
    private final LongSupplier nanoClock;
    private final long begin;
    private Set<Connection> open = Set.of();
    /** The last that was opened before anything was closed. */
    private int lastAtBegin = NOT_LOOKED_YET;
    /** When the first connection of each was closed that comes back elsewhere; by holder, or itself where it has none. */
    private final Map<Object, Long> firstClosedAt = new HashMap<>();

    /** Begins now. */
    Turns(Connections connections, LongSupplier nanoClock) {
        this.connections = connections;
        this.nanoClock = nanoClock;
        this.begin = nanoClock.getAsLong();
    }

    /**
     * Looks at what has changed.
     *
     * @param now all that are open now
     */
    void look(Collection<Connection> now) {
        if (lastAtBegin == NOT_LOOKED_YET) {
            lastAtBegin = now.stream().mapToInt(Connection::number).max().orElse(0);
        }
        Set<Connection> closed = new HashSet<>(open);
        open = Set.copyOf(now);
        closed.removeAll(open);
        closed.stream()
                .filter(this::comesBackElsewhere)
                .forEach(connection -> firstClosedAt.putIfAbsent(leaver(connection), nanoClock.getAsLong()));
    }

    /**
     * Not if it was opened by our own entry. Nor if it was opened while we leave, and nothing was called over it: the balancer sends
     * nobody here any more, so its consumer knows our own address, and comes back until our entry is gone.
     */
    private boolean comesBackElsewhere(Connection connection) {
        boolean direct = connection.number() > lastAtBegin && connection.requests() == 0;
        return !connection.isOwn() && !direct;
    }

    private static Object leaver(Connection connection) {
        return connection.holder().<Object>map(holder -> holder).orElse(connection);
    }

    /** Those that must stay usable for now. */
    Set<Connection> kept() {
        long passed = nanoClock.getAsLong() - begin;
        if (passed >= KEPT_AT_MOST.toNanos()) {
            return Set.of();
        }
        Map<Holder, List<Connection>> held = new HashMap<>();
        List<Connection> anybodys = new ArrayList<>();
        open.forEach(connection -> connection
                .holder()
                .ifPresentOrElse(
                        holder -> held.computeIfAbsent(holder, h -> new ArrayList<>())
                                .add(connection),
                        () -> anybodys.add(connection)));
        Set<Connection> kept = new HashSet<>();
        held.forEach((holder, all) -> {
            if (!isBack(holder, all)) {
                kept.add(all.stream().max(BEST_TO_KEEP).orElseThrow());
            }
        });
        if (passed < SECOND_HALF_AFTER.toNanos()) {
            kept.addAll(secondHalf(anybodys));
        }
        return kept;
    }

    /** Whether a consumer has a connection elsewhere by now. */
    private boolean isBack(Holder holder, List<Connection> stillHere) {
        Long closedAt = firstClosedAt.get(holder);
        if (closedAt != null) {
            return nanoClock.getAsLong() - closedAt >= BACK_AFTER.toNanos();
        }
        // One connection here: it has others elsewhere, unless one was closed just before this began.
        return stillHere.size() == 1 && !connections.leftWithin(holder, BACK_AFTER);
    }

    /** A consumer opens its connections one after the other, so every second one is half of each consumer's. */
    private static List<Connection> secondHalf(List<Connection> open) {
        List<Connection> half =
                open.stream().filter(connection -> connection.number() % 2 == 0).toList();
        return half.size() == open.size() ? List.of() : half;
    }

    /**
     * Whether everybody whose connections are to come back has one elsewhere by now, so that our entry may leave the
     * registry, which ends the connections that were opened by it, here and elsewhere.
     */
    boolean othersAreBack() {
        long now = nanoClock.getAsLong();
        return open.stream()
                        .allMatch(connection ->
                                !comesBackElsewhere(connection) || firstClosedAt.containsKey(leaver(connection)))
                && firstClosedAt.values().stream().allMatch(closedAt -> now - closedAt >= BACK_AFTER.toNanos());
    }
}
