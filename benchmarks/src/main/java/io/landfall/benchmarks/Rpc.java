package io.landfall.benchmarks;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.Codec2;
import org.apache.dubbo.remoting.buffer.ChannelBuffer;
import org.apache.dubbo.remoting.buffer.ChannelBuffers;
import org.apache.dubbo.remoting.transport.ChannelDelegate;
import org.apache.dubbo.remoting.transport.ChannelHandlerAdapter;
import org.apache.dubbo.rpc.AsyncRpcResult;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcInvocation;

/** As much of Dubbo as our parts of a call touch; what they wrap costs next to nothing here, so that only they count. */
final class Rpc {

    static final ChannelBuffer NO_BUFFER = ChannelBuffers.EMPTY_BUFFER;
    static final RpcInvocation INVOCATION =
            new RpcInvocation(null, "greet", "Greeting", "Greeting:dubbo", new Class<?>[0], new Object[0]);

    static {
        INVOCATION.setTargetServiceUniqueName("Greeting");
    }

    private Rpc() {}

    /** A consumer's connection. */
    static final class Connection extends ChannelDelegate {
        @Override
        public boolean isConnected() {
            return true;
        }
    }

    /** Passes nothing on. */
    static final class Handler extends ChannelHandlerAdapter {
        @Override
        public void received(Channel channel, Object message) {}
    }

    /** Writes nothing. */
    static final class Codec implements Codec2 {
        @Override
        public void encode(Channel channel, ChannelBuffer buffer, Object message) {}

        @Override
        public Object decode(Channel channel, ChannelBuffer buffer) {
            return DecodeResult.NEED_MORE_INPUT;
        }
    }

    /** A service that answers at once. */
    record Greeting(URL url) implements Invoker<Runnable> {
        @Override
        public Class<Runnable> getInterface() {
            return Runnable.class;
        }

        @Override
        public URL getUrl() {
            return url;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public Result invoke(Invocation invocation) {
            return AsyncRpcResult.newDefaultAsyncResult("hello", invocation);
        }

        @Override
        public void destroy() {}
    }
}
