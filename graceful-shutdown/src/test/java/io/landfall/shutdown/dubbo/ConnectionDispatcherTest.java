package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.Codec2;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.buffer.ChannelBuffer;
import org.apache.dubbo.remoting.buffer.ChannelBuffers;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.remoting.exchange.Response;
import org.apache.dubbo.remoting.exchange.support.MultiMessage;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class ConnectionDispatcherTest {

    private final FrameworkModel framework = new FrameworkModel();
    private final Connections connections = DubboDrain.of(framework).connections();
    private final Channel channel = mock(Channel.class);
    private final Codec2 wrappedCodec = mock(Codec2.class);
    private final ResponseCodec codec = new ResponseCodec(wrappedCodec);
    private final ChannelBuffer buffer = ChannelBuffers.dynamicBuffer();
    private ChannelHandler handler;

    @BeforeEach
    void dispatch() {
        URL url = URL.valueOf("dubbo://127.0.0.1:20880/x").setScopeModel(framework);
        handler = new ConnectionDispatcher((wrapped, u) -> wrapped).dispatch(mock(ChannelHandler.class), url);
        when(channel.isConnected()).thenReturn(true);
        codec.setFrameworkModel(framework);
    }

    @AfterEach
    void destroy() {
        framework.destroy();
    }

    @Test
    void shouldCountARequestUntilItsResponseIsWritten() throws Exception {
        Request call = call();
        handler.received(channel, call);
        assertThat(idle()).isFalse();

        codec.encode(channel, buffer, new Response(call.getId()));

        assertThat(idle()).isTrue();
    }

    /** With {@code encode.in.io=true} Dubbo writes the responses that are waiting as one message. */
    @Test
    void shouldCountEachResponseOfThoseWrittenAsOneMessage() throws Exception {
        Request one = call();
        Request two = call();
        handler.received(channel, one);
        handler.received(channel, two);
        MultiMessage several = MultiMessage.create();
        several.addMessage(new Response(one.getId()));
        several.addMessage(new Response(two.getId()));

        codec.encode(channel, buffer, several);

        assertThat(idle()).isTrue();
    }

    /** Dubbo answers a response it cannot encode with another one, from within the first one's encoding. */
    @Test
    void shouldCountOnceWhatIsAnsweredTwice() throws Exception {
        Request call = call();
        handler.received(channel, call);
        handler.received(channel, call());

        codec.encode(channel, buffer, new Response(call.getId()));
        codec.encode(channel, buffer, new Response(call.getId()));

        assertThat(idle()).isFalse();
    }

    @Test
    void shouldNotWaitForAResponseThatCannotBeEncoded() throws Exception {
        Request call = call();
        handler.received(channel, call);
        Response response = new Response(call.getId());
        doThrow(new IOException("too large")).when(wrappedCodec).encode(channel, buffer, response);

        assertThatThrownBy(() -> codec.encode(channel, buffer, response)).hasMessage("too large");

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
    void shouldKnowWhetherTheConsumerHasAnswered() throws Exception {
        handler.connected(channel);
        Connections.Connection connection = connections.open(true).get(0);
        ArgumentCaptor<Request> heartbeat = ArgumentCaptor.forClass(Request.class);
        connection.ping();
        verify(channel).send(heartbeat.capture());
        assertThat(heartbeat.getValue().isHeartbeat()).isTrue();
        assertThat(heartbeat.getValue().isTwoWay()).isTrue();
        assertThat(connection.answered()).isFalse();

        Response answer = new Response(heartbeat.getValue().getId());
        answer.setEvent(true);
        when(wrappedCodec.decode(channel, buffer)).thenReturn(answer);
        codec.decode(channel, buffer);

        assertThat(connection.answered()).isTrue();
    }

    @Test
    void shouldForgetAConnectionThatEndsOrBreaks() throws RemotingException {
        handler.connected(channel);
        handler.disconnected(channel);
        assertThat(connections.open(true)).isEmpty();

        handler.connected(channel);
        when(channel.isConnected()).thenReturn(false);
        assertThat(connections.open(true)).isEmpty();
    }

    private boolean idle() {
        return connections.open(true).stream().noneMatch(Connections.Connection::busy);
    }

    private static Request call() {
        Request call = new Request();
        call.setTwoWay(true);
        return call;
    }
}
