package io.landfall.shutdown.dubbo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.dubbo.remoting.exchange.PortUnificationExchanger;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.jspecify.annotations.Nullable;

/**
 * The connections that consumers hold to this process over triple (HTTP/2).
 *
 * <p>Closing one while its server lives makes Dubbo follow RFC 9113, section 6.8: a first GOAWAY that refuses nothing, a
 * ping, a second GOAWAY after the ping's answer, and the end of the connection when its last stream has ended. Closing
 * the server instead, as Dubbo does by itself, cuts the streams. Not safe for several threads.
 */
final class TripleConnections {

    private final FrameworkModel frameworkModel;
    private final Map<Channel, Connection> known = new HashMap<>();

    TripleConnections(FrameworkModel frameworkModel) {
        this.frameworkModel = frameworkModel;
    }

    /** Those that are open now. Dubbo keeps the servers of all frameworks of a JVM in one place. */
    List<Connection> open() {
        known.keySet().removeIf(channel -> !channel.isOpen());
        return PortUnificationExchanger.getServers().values().stream()
                .filter(server -> server.getUrl().getOrDefaultFrameworkModel() == frameworkModel)
                .flatMap(server -> server.getChannels().stream())
                .map(this::connection)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Connection connection(org.apache.dubbo.remoting.Channel channel) {
        Channel netty = NettyChannels.behind(channel);
        Http2FrameCodec codec = netty == null ? null : netty.pipeline().get(Http2FrameCodec.class);
        if (netty == null || codec == null || !netty.isOpen()) {
            return null;
        }
        return known.computeIfAbsent(netty, added -> new Connection(added, codec));
    }

    /** One connection. */
    static final class Connection implements ConsumerConnection {
        private final Channel channel;
        private final Http2FrameCodec codec;
        private final Pongs pongs = new Pongs();
        private long pings;
        private boolean closing;

        private Connection(Channel channel, Http2FrameCodec codec) {
            this.channel = channel;
            this.codec = codec;
        }

        /** A GOAWAY that refuses nothing: streams that still come are served. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // A connection that cannot be written to is about to end.
        public void askToLeave() {
            inEventLoop(context -> {
                Http2GoAwayFrame refusesNothing = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
                refusesNothing.setExtraStreamIds(Integer.MAX_VALUE);
                codec.write(context, refusesNothing, context.newPromise());
                context.flush();
            });
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // One that is not sent is not answered.
        public void ping() {
            pings++;
            long content = Pongs.MARK | pings;
            inEventLoop(context -> {
                if (context.pipeline().context(pongs) == null) {
                    context.pipeline().addAfter(context.name(), "landfall-pongs", pongs);
                }
                codec.write(context, new DefaultHttp2PingFrame(content, false), context.newPromise());
                context.flush();
            });
        }

        @Override
        public boolean answered() {
            return pongs.last == (Pongs.MARK | pings);
        }

        @Override
        public boolean busy() {
            return codec.connection().numActiveStreams() > 0;
        }

        /** The number of the consumer's last stream, which grows with every call. */
        @Override
        public long requests() {
            return codec.connection().remote().lastStreamCreated();
        }

        /** Dubbo's own patience is 10 s, and would cut calls that take longer. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The next look sees whether it has closed.
        public void close(Duration patience) {
            if (closing) {
                return;
            }
            closing = true;
            channel.eventLoop().execute(() -> {
                codec.gracefulShutdownTimeoutMillis(Math.max(1, patience.toMillis()));
                channel.close();
            });
        }

        private void inEventLoop(Consumer<ChannelHandlerContext> action) {
            channel.eventLoop().execute(() -> {
                ChannelHandlerContext context = channel.pipeline().context(codec);
                if (context != null) {
                    action.accept(context);
                }
            });
        }

        @Override
        public String toString() {
            return "Connection from " + channel.remoteAddress() + " ("
                    + codec.connection().numActiveStreams() + " running)";
        }
    }

    /** Keeps the answers to our pings from Dubbo, which knows only its own. */
    private static final class Pongs extends ChannelInboundHandlerAdapter {
        /** "LF", and below it the number of the ping. */
        static final long MARK = 0x4C46L << 48;

        private volatile long last;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof Http2PingFrame ping && ping.ack() && (ping.content() & MARK) == MARK) {
                last = ping.content();
            } else {
                super.channelRead(context, message);
            }
        }
    }
}
