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

    /**
     * How long calls and streams may go on when the connection begins to close, which it also does by itself on a GOAWAY. After
     * the 10 s that Dubbo gives them they would be cut, though the provider's drain still waits for them.
     */
    private static final Duration CALLS_MAY_LAST = Duration.ofMinutes(10);

    private final Invoker<T> invoker;
    private final @Nullable AbstractConnectionClient connection;
    private final AtomicInteger running = new AtomicInteger();
    private volatile @Nullable Channel patient;

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
        letCallsLast();
    }

    void exit() {
        running.decrementAndGet();
    }

    boolean isEmpty() {
        return running.get() == 0;
    }

    /** Closes the connection, if nobody else has it; streams on it may go on. */
    void close() {
        letCallsLast();
        invoker.destroy();
    }

    /** Dubbo makes a new channel when it reconnects, so every call looks. */
    private void letCallsLast() {
        Channel channel = connection == null ? null : connection.getChannel(true);
        if (channel == null || channel == patient) {
            return;
        }
        Http2FrameCodec codec = channel.pipeline().get(Http2FrameCodec.class);
        if (codec != null) {
            codec.gracefulShutdownTimeoutMillis(CALLS_MAY_LAST.toMillis());
            patient = channel;
        }
    }
}
