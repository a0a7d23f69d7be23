package io.landfall.shutdown.dubbo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import java.util.List;
import java.util.Objects;
import org.apache.dubbo.remoting.exchange.PortUnificationExchanger;
import org.jspecify.annotations.Nullable;

/**
 * The connections that consumers hold to this process over triple (HTTP/2).
 *
 * <p>Closing one while its server lives makes Dubbo follow RFC 9113, section 6.8: a first GOAWAY that refuses nothing, a
 * ping, a second GOAWAY after the ping's answer, and the end of the connection when its last stream has ended. Closing
 * the server instead, as Dubbo does by itself, cuts the streams.
 */
final class TripleConnections {

    /** The connections that are open now. */
    List<Connection> open() {
        return PortUnificationExchanger.getServers().values().stream()
                .flatMap(server -> server.getChannels().stream())
                .map(TripleConnections::connection)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Connection connection(org.apache.dubbo.remoting.Channel channel) {
        Channel netty = NettyChannels.behind(channel);
        Http2FrameCodec codec = netty == null ? null : netty.pipeline().get(Http2FrameCodec.class);
        return netty == null || codec == null || !netty.isOpen() ? null : new Connection(netty, codec);
    }

    /** One connection. Equal if it is the same connection. */
    record Connection(Channel channel, Http2FrameCodec codec) {

        /** The highest number of a stream the consumer has opened; it grows with every call. */
        int lastStream() {
            return codec.connection().remote().lastStreamCreated();
        }

        int runningStreams() {
            return codec.connection().numActiveStreams();
        }

        /** Asks the consumer, once, to open its next streams on another connection. Streams that still come are served. */
        @SuppressWarnings("FutureReturnValueIgnored") // A connection that cannot be written to is about to end.
        void askToLeave() {
            channel.eventLoop().execute(() -> {
                ChannelHandlerContext context = channel.pipeline().context(codec);
                if (context != null) {
                    Http2GoAwayFrame refusesNothing = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
                    refusesNothing.setExtraStreamIds(Integer.MAX_VALUE);
                    codec.write(context, refusesNothing, context.newPromise());
                    context.flush();
                }
            });
        }

        /**
         * Begins to close: no new streams, and the end when the last one has ended.
         *
         * @param patienceMillis how long running streams may take; Dubbo's own patience is 10 s, and cuts longer calls
         */
        @SuppressWarnings("FutureReturnValueIgnored") // The next look sees whether it has closed.
        void closeGracefully(long patienceMillis) {
            channel.eventLoop().execute(() -> {
                codec.gracefulShutdownTimeoutMillis(Math.max(1, patienceMillis));
                channel.close();
            });
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Connection that && that.channel == channel;
        }

        @Override
        public int hashCode() {
            return channel.hashCode();
        }

        @Override
        public String toString() {
            return channel.remoteAddress() + " (" + runningStreams() + " running)";
        }
    }
}
