package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.InFlight;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.dubbo.remoting.exchange.PortUnificationExchanger;
import org.apache.dubbo.remoting.http12.ServerHttpChannelObserver;
import org.apache.dubbo.remoting.http12.h2.Http2CancelableStreamObserver;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.jspecify.annotations.Nullable;

/**
 * Counts streams over triple by name. The call that opens a stream returns at once; the stream itself goes on until one of
 * its sides ends it, the consumer cancels it, or its connection is gone.
 */
final class OpenStreams {

    /** What the report and the metrics call them. */
    static final String KIND = "dubbo stream";

    private final FrameworkModel frameworkModel;
    private final InFlight counted;

    OpenStreams(FrameworkModel frameworkModel, InFlight counted) {
        this.frameworkModel = frameworkModel;
        this.counted = counted;
    }

    /** Where a streaming method answers to: Dubbo hands it over as the last argument. Null for any other method. */
    static @Nullable ServerHttpChannelObserver<?> answersOf(Invocation invocation) {
        Object[] arguments = invocation.getArguments();
        return arguments != null
                        && arguments.length > 0
                        && arguments[arguments.length - 1] instanceof ServerHttpChannelObserver<?> answers
                ? answers
                : null;
    }

    /** A stream begins, in the thread that serves the call which opens it. */
    void opened(String name, ServerHttpChannelObserver<?> answers) {
        Stream stream = new Stream(counted.enter(name));
        answers.addTrailersCustomizer((trailers, failure) -> stream.end());
        if (answers instanceof Http2CancelableStreamObserver<?> cancelable
                && cancelable.getCancellationContext() != null) {
            cancelable.getCancellationContext().addListener(cancelled -> stream.end());
        }
        connectionOf(RpcContext.getServiceContext().getRemoteAddress()).ifPresent(stream::endWith);
    }

    /** Dubbo does not cancel the streams of a connection that breaks. */
    private Optional<Channel> connectionOf(@Nullable InetSocketAddress consumer) {
        return consumer == null
                ? Optional.empty()
                : PortUnificationExchanger.getServers().values().stream()
                        .filter(server -> server.getUrl().getOrDefaultFrameworkModel() == frameworkModel)
                        .map(server -> server.getChannel(consumer))
                        .filter(Objects::nonNull)
                        .flatMap(channel -> Optional.ofNullable(NettyChannels.behind(channel)).stream())
                        .findFirst();
    }

    /** One that is open until something ends it, of which only the first counts. */
    private final class Stream implements GenericFutureListener<Future<Void>> {
        private final long call;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable Channel connection;

        Stream(long call) {
            this.call = call;
        }

        void endWith(Channel channel) {
            connection = channel;
            channel.closeFuture().addListener(this);
            if (ended.get()) {
                channel.closeFuture().removeListener(this);
            }
        }

        @Override
        public void operationComplete(Future<Void> closed) {
            end();
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                counted.exit(call);
                Channel known = connection;
                if (known != null) {
                    // A connection may see very many streams.
                    known.closeFuture().removeListener(this);
                }
            }
        }
    }
}
