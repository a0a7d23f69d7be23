package io.landfall.shutdown.dubbo;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.exchange.Request;

/**
 * The connections that consumers hold to this process over the dubbo protocol, and what is running on each.
 *
 * <p>A request counts from the moment it is read from the connection, also while it waits for a thread, until its response
 * is written. Filled by {@link ConnectionDispatcher} from Netty's threads; safe for any thread.
 */
final class Connections {

    private final ConcurrentMap<Channel, Connection> open = new ConcurrentHashMap<>();

    void opened(Channel channel) {
        open.computeIfAbsent(channel, Connection::new);
    }

    void closed(Channel channel) {
        open.remove(channel);
    }

    void requestRead(Channel channel) {
        open.computeIfAbsent(channel, Connection::new).begin();
    }

    void responseWritten(Channel channel) {
        Connection connection = open.get(channel);
        if (connection != null) {
            connection.end();
        }
    }

    Collection<Connection> open() {
        // A connection that broke without a word to us would otherwise hold up the drain.
        open.keySet().removeIf(channel -> !channel.isConnected());
        return open.values();
    }

    /** One connection. */
    static final class Connection {
        private final Channel channel;
        private final AtomicInteger running = new AtomicInteger();
        private volatile long lastEventNanos = System.nanoTime();
        private volatile boolean told;

        private Connection(Channel channel) {
            this.channel = channel;
        }

        private void begin() {
            running.incrementAndGet();
            lastEventNanos = System.nanoTime();
        }

        private void end() {
            running.decrementAndGet();
            lastEventNanos = System.nanoTime();
        }

        /** Asks the consumer, once, to send no more calls over this connection. */
        void tellReadOnly() throws RemotingException {
            if (!told) {
                told = true;
                lastEventNanos = System.nanoTime();
                channel.send(readOnlyEvent());
            }
        }

        boolean idleFor(Duration quiet) {
            return running.get() <= 0 && quietFor(quiet);
        }

        /** Whether nothing was read or written, whatever seems to be running. */
        boolean quietFor(Duration quiet) {
            return System.nanoTime() - lastEventNanos >= quiet.toNanos();
        }

        void close() {
            channel.close();
        }

        @Override
        public String toString() {
            return channel.getRemoteAddress() + " (" + running + " running)";
        }

        private static Request readOnlyEvent() {
            Request event = new Request();
            event.setEvent(CommonConstants.READONLY_EVENT);
            event.setTwoWay(false);
            event.setVersion(org.apache.dubbo.common.Version.getProtocolVersion());
            return event;
        }
    }
}
