package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.landfall.shutdown.dubbo.Connections.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.rpc.Invocation;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final long SHOP = 1L << 60;
    private static final long TILL = 2L << 60;
    private static final long FROM_ZERO = 17;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final Connections connections = new Connections();
    private final Turns turns = new Turns(connections, clock::get);

    @Test
    void shouldKeepOneOfEachConsumersConnections() {
        Connection first = called(SHOP, "Orders");
        Connection second = called(SHOP + 5, "Orders");
        Connection alone = called(TILL, "Orders");

        assertThat(kept(List.of(first, second, alone))).containsExactly(second);
    }

    @Test
    void shouldKeepOneForEachService() {
        Connection orders = called(SHOP, "Orders");
        Connection prices = called(SHOP + 1, "Prices");
        Connection morePrices = called(SHOP + 2, "Prices");

        assertThat(kept(List.of(orders, prices, morePrices))).containsExactly(morePrices);
    }

    @Test
    void shouldKeepOneForAllServicesThatShareConnections() {
        Channel shared = channel();
        Connection both = called(shared, SHOP, "Orders");
        connections.called(shared, call("Prices", ""));
        Connection other = called(SHOP + 2, "Prices");

        assertThat(kept(List.of(both, other))).containsExactly(other);
    }

    @Test
    void shouldNotKeepTheOneThatHasBeenAskedToLeave() {
        Connection first = called(SHOP, "Orders");
        Connection second = called(SHOP, "Orders");
        second.askToLeave();

        assertThat(kept(List.of(first, second))).containsExactly(first);
    }

    @Test
    void shouldRatherKeepTheOneThatNeedNotComeBack() {
        connections.ownEntry("orders-0");
        Channel own = channel();
        connections.requestRead(own, SHOP);
        connections.called(own, call("Orders", "orders-0"));
        Connection ours = newest();
        Connection others = called(SHOP + 1, "Orders");

        assertThat(kept(List.of(ours, others))).containsExactly(ours);
    }

    @Test
    void shouldKeepOneUntilAnotherHasHadTimeToComeBack() {
        Connection first = called(SHOP, "Orders");
        Connection last = called(SHOP, "Orders");
        assertThat(kept(List.of(first, last))).containsExactly(last);

        assertThat(kept(List.of(last))).containsExactly(last);
        clock.addAndGet(Turns.BACK_AFTER.toNanos() - 1);
        assertThat(kept(List.of(last))).containsExactly(last);
        clock.addAndGet(1);
        assertThat(kept(List.of(last))).isEmpty();
    }

    @Test
    void shouldKeepTheOnlyOneAsLongAsAnotherThatWasClosedBeforeMayNotBeBack() {
        Channel closed = channel();
        called(closed, SHOP, "Orders");
        Connection last = called(SHOP, "Orders");

        connections.closed(closed);

        assertThat(kept(List.of(last))).containsExactly(last);
    }

    @Test
    void shouldLetTheEntryGoWhenWhatOthersEntriesOpenedIsBack() {
        connections.ownEntry("orders-0");
        Connection others = called(SHOP, "Orders");
        turns.look(List.of(others));
        assertThat(turns.othersAreBack()).isFalse();

        turns.look(List.of());
        assertThat(turns.othersAreBack()).isFalse();
        clock.addAndGet(Turns.BACK_AFTER.toNanos());

        assertThat(turns.othersAreBack()).isTrue();
    }

    @Test
    void shouldLetTheEntryGoWithWhatItOpened() {
        connections.ownEntry("orders-0");
        Channel own = channel();
        connections.requestRead(own, SHOP);
        connections.called(own, call("Orders", "orders-0"));

        turns.look(List.of(newest()));
        assertThat(turns.othersAreBack()).isTrue();
        turns.look(List.of());
        assertThat(turns.othersAreBack()).isTrue();
    }

    /** A consumer that knows our own address, and not the balancer's only. */
    @Test
    void shouldNotWaitForWhoComesBackToUsAndCallsNothing() {
        turns.look(List.of(opened()));
        turns.look(List.of());
        clock.addAndGet(Turns.BACK_AFTER.toNanos());

        turns.look(List.of(opened()));
        assertThat(turns.othersAreBack()).isTrue();
        turns.look(List.of());
        assertThat(turns.othersAreBack()).isTrue();
    }

    @Test
    void shouldWaitForWhoHasCalledNothingYet() {
        turns.look(List.of(opened()));
        assertThat(turns.othersAreBack()).isFalse();
    }

    @Test
    void shouldKeepNothingForEver() {
        Connection busy = called(SHOP, "Orders");
        Connection second = called(SHOP, "Orders");

        clock.addAndGet(Turns.KEPT_AT_MOST.toNanos());

        assertThat(kept(List.of(busy, second))).isEmpty();
    }

    @Test
    void shouldLetHalfGoFirstWhereCallersCannotBeToldApart() {
        Connection first = called(FROM_ZERO, "Orders");
        Connection second = called(FROM_ZERO + 1, "Orders");
        List<Connection> both = List.of(first, second);

        assertThat(kept(both)).containsExactly(second);
        assertThat(kept(List.of(second))).isEmpty();
        clock.addAndGet(Turns.SECOND_HALF_AFTER.toNanos());
        assertThat(kept(both)).isEmpty();
    }

    private Set<Connection> kept(List<Connection> open) {
        turns.look(open);
        return turns.kept();
    }

    private Connection opened() {
        connections.opened(channel());
        return newest();
    }

    private Connection called(long number, String service) {
        return called(channel(), number, service);
    }

    private Connection called(Channel channel, long number, String service) {
        connections.requestRead(channel, number);
        connections.called(channel, call(service, ""));
        return newest();
    }

    private Connection newest() {
        return connections.open(true).stream()
                .max(Comparator.comparing(Connection::number))
                .orElseThrow();
    }

    private static Invocation call(String service, String token) {
        Invocation call = mock(Invocation.class);
        when(call.getTargetServiceUniqueName()).thenReturn(service);
        when(call.getAttachment("token")).thenReturn(token);
        return call;
    }

    private static Channel channel() {
        Channel channel = mock(Channel.class);
        when(channel.isConnected()).thenReturn(true);
        return channel;
    }
}
