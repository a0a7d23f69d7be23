package io.landfall.shutdown.dubbo;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.Dispatcher;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.remoting.transport.AbstractChannelHandlerDelegate;
import org.apache.dubbo.rpc.Invocation;

/**
 * Wraps whichever dispatcher Dubbo uses, to see connections and requests of the dubbo protocol before they reach the
 * thread pool. Made by Dubbo, which takes a constructor like this one for a wrapper.
 */
public final class ConnectionDispatcher implements Dispatcher {

    private static final String DUBBO = "dubbo";

    private final Dispatcher wrapped;

    /** Called by Dubbo. */
    public ConnectionDispatcher(Dispatcher wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public ChannelHandler dispatch(ChannelHandler handler, URL url) {
        if (CommonConstants.CONSUMER_SIDE.equals(url.getSide(CommonConstants.PROVIDER_SIDE))) {
            return wrapped.dispatch(handler, url);
        }
        Connections connections =
                DubboDrain.of(url.getOrDefaultFrameworkModel()).connections();
        ChannelHandler dispatched = wrapped.dispatch(new ServiceHandler(handler, connections), url);
        return new CountingHandler(dispatched, connections, DUBBO.equals(url.getProtocol()));
    }

    /** Behind the dispatcher, in whose thread a call is decoded: sees which service it was for. */
    private static final class ServiceHandler extends AbstractChannelHandlerDelegate {
        private final Connections connections;

        ServiceHandler(ChannelHandler handler, Connections connections) {
            super(handler);
            this.connections = connections;
        }

        @Override
        public void received(Channel channel, Object message) throws RemotingException {
            super.received(channel, message);
            if (message instanceof Request request
                    && request.getData() instanceof Invocation call
                    && call.getTargetServiceUniqueName() != null) {
                connections.called(channel, call);
            }
        }
    }

    private static final class CountingHandler extends AbstractChannelHandlerDelegate {
        private final Connections connections;
        /** Triple's server shows its connections here too, but they are not ours to mark READONLY, nor to close. */
        private final boolean countsUnused;

        CountingHandler(ChannelHandler handler, Connections connections, boolean countsUnused) {
            super(handler);
            this.connections = connections;
            this.countsUnused = countsUnused;
        }

        @Override
        public void connected(Channel channel) throws RemotingException {
            if (countsUnused) {
                connections.opened(channel);
            }
            super.connected(channel);
        }

        @Override
        public void disconnected(Channel channel) throws RemotingException {
            connections.closed(channel);
            super.disconnected(channel);
        }

        @Override
        public void received(Channel channel, Object message) throws RemotingException {
            if (message instanceof Request request && isCall(request)) {
                connections.requestRead(channel, request.getId());
            }
            super.received(channel, message);
        }

        private static boolean isCall(Request request) {
            return request.isTwoWay() && !request.isEvent();
        }
    }
}
