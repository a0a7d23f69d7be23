package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.landfall.shutdown.dubbo.Connections.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.rpc.Invocation;
import org.junit.jupiter.api.RepeatedTest;

class ConnectionsTest {

    private static final int AT_ONCE = 4;
    private static final long FIRST_NUMBER = 5L << 58;

    private final Connections connections = new Connections();
    private final Invocation call = mock(Invocation.class);

    /** Seen in a test of retiring: two holders of one connection each, where one had two. */
    @RepeatedTest(200)
    void shouldKnowOneProcessByItsFirstRequestsOnSeveralConnectionsAtOnce() {
        when(call.getTargetServiceUniqueName()).thenReturn("Orders");
        List<Channel> channels =
                IntStream.range(0, AT_ONCE).mapToObj(i -> channel()).toList();
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);

        List<CompletableFuture<Void>> firsts = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> firstRequest(channels.get(i), FIRST_NUMBER + i, start), task -> new Thread(task).start()))
                .toList();
        firsts.forEach(CompletableFuture::join);

        assertThat(connections.open(true).stream().map(Connection::holder).distinct())
                .hasSize(1)
                .allMatch(holder -> holder.isPresent());
    }

    private void firstRequest(Channel channel, long number, CyclicBarrier start) {
        connections.opened(channel);
        try {
            start.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        connections.requestRead(channel, number);
        connections.called(channel, call);
    }

    private static Channel channel() {
        Channel channel = mock(Channel.class);
        when(channel.isConnected()).thenReturn(true);
        return channel;
    }
}
