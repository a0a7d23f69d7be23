package io.landfall.shutdown.dubbo;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.Dispatcher;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.remoting.transport.AbstractChannelHandlerDelegate;

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
        ChannelHandler dispatched = wrapped.dispatch(handler, url);
        if (CommonConstants.CONSUMER_SIDE.equals(url.getSide(CommonConstants.PROVIDER_SIDE))) {
            return dispatched;
        }
        Connections connections =
                DubboDrain.of(url.getOrDefaultFrameworkModel()).connections();
        return new CountingHandler(dispatched, connections, DUBBO.equals(url.getProtocol()));
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
