package io.landfall.shutdown.dubbo;

import java.io.IOException;
import java.util.Objects;
import org.apache.dubbo.common.extension.Wrapper;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.Codec2;
import org.apache.dubbo.remoting.buffer.ChannelBuffer;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.remoting.exchange.Response;
import org.apache.dubbo.remoting.exchange.support.MultiMessage;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.model.ScopeModelAware;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the codec of the dubbo protocol, to see each response on its way to the connection, and each heartbeat, theirs and the
 * answers to ours.
 *
 * <p>By default ({@code encode.in.io=false}) a response is encoded in the thread that answers, and from there on is bytes:
 * no handler behind this sees it. Made by Dubbo, which takes a constructor like this one for a wrapper. It must not wrap
 * the codec of triple, which Dubbo knows by its class.
 */
@Wrapper(matches = "dubbo")
public final class ResponseCodec implements Codec2, ScopeModelAware {

    private final Codec2 wrapped;
    private @Nullable Connections connections;

    /** Called by Dubbo. */
    public ResponseCodec(Codec2 wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public void setFrameworkModel(FrameworkModel frameworkModel) {
        connections = DubboDrain.of(frameworkModel).connections();
    }

    @Override
    public void encode(Channel channel, ChannelBuffer buffer, Object message) throws IOException {
        try {
            wrapped.encode(channel, buffer, message);
        } finally {
            // Also when it failed: whatever Dubbo does then, this response will not be written any more.
            noteResponses(channel, message);
        }
    }

    @Override
    public Object decode(Channel channel, ChannelBuffer buffer) throws IOException {
        Object message = wrapped.decode(channel, buffer);
        noteHeartbeats(channel, message);
        return message;
    }

    /** Dubbo's own handler keeps them from everybody behind it. */
    private void noteHeartbeats(Channel channel, Object message) {
        if (message instanceof MultiMessage several) {
            for (Object each : several) {
                noteHeartbeats(channel, each);
            }
        } else if (message instanceof Response response && response.isHeartbeat()) {
            connections().heartbeatRead(channel, response.getId());
        } else if (message instanceof Request request && request.isHeartbeat()) {
            connections().heartbeatAsked(channel, request.getId());
        }
    }

    private void noteResponses(Channel channel, Object message) {
        if (message instanceof MultiMessage several) {
            for (Object each : several) {
                noteResponses(channel, each);
            }
        } else if (message instanceof Response response && !response.isEvent()) {
            connections().responseWritten(channel, response.getId());
        }
    }

    private Connections connections() {
        return Objects.requireNonNull(connections, "Dubbo sets the model before the first message");
    }
}
