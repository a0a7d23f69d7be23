package io.landfall.shutdown.dubbo;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
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
 * is encoded. Filled by {@link ConnectionDispatcher} and {@link ResponseCodec}; safe for any thread.
 */
final class Connections {

    private final ConcurrentMap<Channel, Connection> open = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();

    void opened(Channel channel) {
        connection(channel);
    }

    void closed(Channel channel) {
        open.remove(channel);
    }

    void requestRead(Channel channel, long id) {
        connection(channel).begin(id);
    }

    void responseWritten(Channel channel, long id) {
        Connection connection = open.get(channel);
        if (connection != null) {
            connection.end(id);
        }
    }

    Collection<Connection> open() {
        // A connection that broke without a word to us would otherwise hold up the drain.
        open.keySet().removeIf(channel -> !channel.isConnected());
        return open.values();
    }

    private Connection connection(Channel channel) {
        return open.computeIfAbsent(channel, added -> new Connection(added, opened.incrementAndGet()));
    }

    /** One connection. */
    static final class Connection {
        private final Channel channel;
        private final int number;
        /** By id and not by number: Dubbo writes a second response when it could not encode the first. */
        private final Set<Long> running = ConcurrentHashMap.newKeySet();

        private volatile long lastEventNanos = System.nanoTime();
        private volatile boolean told;
        private volatile boolean closing;

        private Connection(Channel channel, int number) {
            this.channel = channel;
            this.number = number;
        }

        /** Counts from 1, in the order in which consumers connected. */
        int number() {
            return number;
        }

        private void begin(long id) {
            running.add(id);
            lastEventNanos = System.nanoTime();
        }

        private void end(long id) {
            if (running.remove(id)) {
                lastEventNanos = System.nanoTime();
            }
        }

        boolean told() {
            return told;
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
            return running.isEmpty() && quietFor(quiet);
        }

        /** Whether nothing was read or written, whatever seems to be running. */
        boolean quietFor(Duration quiet) {
            return System.nanoTime() - lastEventNanos >= quiet.toNanos();
        }

        /** Closes once everything that was written before has left this process. */
        void close() {
            if (closing) {
                return;
            }
            closing = true;
            io.netty.channel.Channel netty = NettyChannels.behind(channel);
            if (netty == null) {
                channel.close();
            } else {
                netty.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> channel.close());
            }
        }

        @Override
        public String toString() {
            return channel.getRemoteAddress() + " (" + running.size() + " running)";
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
