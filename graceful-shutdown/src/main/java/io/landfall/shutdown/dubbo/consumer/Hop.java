package io.landfall.shutdown.dubbo.consumer;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2FrameCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.dubbo.remoting.api.connection.AbstractConnectionClient;
import org.apache.dubbo.rpc.Invoker;
import org.jspecify.annotations.Nullable;

/** Dubbo's own invoker on one connection, and how many calls it carries. Safe for any thread. */
final class Hop<T> {

    /** Netty's own 10 s would cut streams that the provider's drain still waits for. */
    private static final Duration STREAMS_MAY_LAST = Duration.ofMinutes(1);

    private final Invoker<T> invoker;
    private final @Nullable AbstractConnectionClient connection;
    private final AtomicInteger running = new AtomicInteger();

    Hop(Invoker<T> invoker, @Nullable AbstractConnectionClient connection) {
        this.invoker = invoker;
        this.connection = connection;
    }

    Invoker<T> invoker() {
        return invoker;
    }

    @Nullable
    AbstractConnectionClient connection() {
        return connection;
    }

    void enter() {
        running.incrementAndGet();
    }

    void exit() {
        running.decrementAndGet();
    }

    boolean isEmpty() {
        return running.get() == 0;
    }

    /** Closes the connection, if nobody else has it; streams on it may go on. */
    void close() {
        letStreamsLast();
        invoker.destroy();
    }

    private void letStreamsLast() {
        Channel channel = connection == null ? null : connection.getChannel(true);
        Http2FrameCodec codec = channel == null ? null : channel.pipeline().get(Http2FrameCodec.class);
        if (codec != null) {
            codec.gracefulShutdownTimeoutMillis(STREAMS_MAY_LAST.toMillis());
        }
    }
}
