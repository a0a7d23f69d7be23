package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.remoting.exchange.Response;
import org.apache.dubbo.remoting.exchange.support.MultiMessage;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionDispatcherTest {

    private final FrameworkModel framework = new FrameworkModel();
    private final Connections connections = DubboDrain.of(framework).connections();
    private final Channel channel = mock(Channel.class);
    private ChannelHandler handler;

    @BeforeEach
    void dispatch() {
        URL url = URL.valueOf("dubbo://127.0.0.1:20880/x").setScopeModel(framework);
        handler = new ConnectionDispatcher((wrapped, u) -> wrapped).dispatch(mock(ChannelHandler.class), url);
        when(channel.isConnected()).thenReturn(true);
    }

    @AfterEach
    void destroy() {
        framework.destroy();
    }

    @Test
    void shouldCountARequestUntilItsResponseIsWritten() throws RemotingException {
        handler.received(channel, call());
        assertThat(idle()).isFalse();

        handler.sent(channel, new Response(1));

        assertThat(idle()).isTrue();
    }

    /** Measured in a release under load: the connection never counted as idle, and the drain ran into its deadline. */
    @Test
    void shouldCountEachResponseOfThoseWrittenAsOneMessage() throws RemotingException {
        handler.received(channel, call());
        handler.received(channel, call());
        MultiMessage several = MultiMessage.create();
        several.addMessage(new Response(1));
        several.addMessage(new Response(2));

        handler.sent(channel, several);

        assertThat(idle()).isTrue();
    }

    @Test
    void shouldNotCountHeartbeatsAndOneWayCalls() throws RemotingException {
        Request heartbeat = call();
        heartbeat.setEvent(null);
        Request oneWay = call();
        oneWay.setTwoWay(false);

        handler.connected(channel);
        handler.received(channel, heartbeat);
        handler.received(channel, oneWay);

        assertThat(idle()).isTrue();
    }

    @Test
    void shouldForgetAConnectionThatEndsOrBreaks() throws RemotingException {
        handler.connected(channel);
        handler.disconnected(channel);
        assertThat(connections.open()).isEmpty();

        handler.connected(channel);
        when(channel.isConnected()).thenReturn(false);
        assertThat(connections.open()).isEmpty();
    }

    private boolean idle() {
        return connections.open().stream().allMatch(connection -> connection.idleFor(Duration.ZERO));
    }

    private static Request call() {
        Request call = new Request();
        call.setTwoWay(true);
        return call;
    }
}
