package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.dubbo.ConsumerConnections.Holder;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.dubbo.common.Version;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.remoting.Channel;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.exchange.Request;
import org.apache.dubbo.rpc.Constants;
import org.apache.dubbo.rpc.Invocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that consumers hold to this process over the dubbo protocol, and what is running on each.
 *
 * <p>A request counts from the moment it is read from the connection, also while it waits for a thread, until its response
 * is encoded. Filled by {@link ConnectionDispatcher} and {@link ResponseCodec}; safe for any thread.
 */
final class Connections {

    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final Duration LEFT_IS_LONG_AGO = Duration.ofMinutes(1);

    private final ConcurrentMap<Channel, Connection> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<Holder, Long> leftAt = new ConcurrentHashMap<>();
    private final Set<String> ownEntries = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();

    void opened(Channel channel) {
        connection(channel);
    }

    void closed(Channel channel) {
        Connection closed = open.remove(channel);
        if (closed != null) {
            noteLeft(closed);
        }
    }

    void requestRead(Channel channel, long id) {
        Connection connection = connection(channel);
        numberRead(connection, id);
        connection.begin(id);
    }

    /** A consumer's own heartbeat: it says who the consumer is before there is a call. */
    void heartbeatAsked(Channel channel, long id) {
        Connection connection = open.get(channel);
        if (connection != null) {
            numberRead(connection, id);
        }
    }

    /** A call was made over a connection. */
    void called(Channel channel, Invocation call) {
        Connection connection = open.get(channel);
        if (connection != null) {
            connection.called(call);
        }
    }

    /** What the registry's entries for this process say as their token; consumers that come by one of them send it. */
    void ownEntry(String token) {
        ownEntries.add(token);
    }

    void responseWritten(Channel channel, long id) {
        Connection connection = open.get(channel);
        if (connection != null) {
            connection.end(id);
        }
    }

    /** A consumer's answer to a heartbeat. */
    void heartbeatRead(Channel channel, long id) {
        Connection connection = open.get(channel);
        if (connection != null) {
            connection.heartbeatAnswered(id);
        }
    }

    /**
     * Those that are open now.
     *
     * @param callsRun whether any call runs in this process; a codec that is not Dubbo's own writes its responses past us,
     *     and no call at all proves that they were written
     */
    List<Connection> open(boolean callsRun) {
        // A connection that broke without a word to us would otherwise hold up the drain.
        open.keySet().stream().filter(channel -> !channel.isConnected()).forEach(this::closed);
        if (!callsRun) {
            open.values().forEach(Connection::forgetTheForgotten);
        }
        return List.copyOf(open.values());
    }

    /** Whether a connection of a holder has been closed in the time up to now. */
    boolean leftWithin(Holder holder, Duration time) {
        Long left = leftAt.get(holder);
        return left != null && System.nanoTime() - left < time.toNanos();
    }

    private void noteLeft(Connection closed) {
        long now = System.nanoTime();
        leftAt.values().removeIf(left -> now - left >= LEFT_IS_LONG_AGO.toNanos());
        closed.holder().ifPresent(holder -> leftAt.put(holder, now));
    }

    /** The number first: who sees a connection's caller sees how far it has counted. */
    private void numberRead(Connection connection, long id) {
        connection.lastId = id;
        if (connection.caller == null) {
            identify(connection, id);
        }
    }

    /** One after the other, or two first requests of one process at once would be two processes'. */
    private synchronized void identify(Connection connection, long id) {
        if (connection.caller == null) {
            connection.caller = callerOf(id);
        }
    }

    private Caller callerOf(long id) {
        for (Connection known : open.values()) {
            Caller caller = known.caller;
            if (caller != null) {
                caller.hasCountedTo(known.lastId);
                if (caller.mayHaveSent(id)) {
                    return caller;
                }
            }
        }
        return leftAt.keySet().stream()
                .map(holder -> (Caller) holder.process())
                .filter(caller -> caller.mayHaveSent(id))
                .findAny()
                .orElseGet(() -> Caller.of(id));
    }

    /** Looks first, so that a call allocates nothing for it. */
    private Connection connection(Channel channel) {
        Connection known = open.get(channel);
        return known != null ? known : added(channel);
    }

    private Connection added(Channel channel) {
        return open.computeIfAbsent(channel, added -> new Connection(added, opened.incrementAndGet()));
    }

    /** One connection. */
    final class Connection implements ConsumerConnection {
        /** Far longer than a request waits between its being read and its call. */
        private static final Duration FORGOTTEN = Duration.ofSeconds(2);

        private final Channel channel;
        private final int number;
        /**
         * By id and not by number: Dubbo writes a second response when it could not encode the first. Guarded by itself; a map
         * of Netty's, since a call must not allocate a box and a node for it.
         */
        private final LongObjectMap<Boolean> running = new LongObjectHashMap<>();

        private volatile @Nullable Caller caller;
        private volatile long lastId;
        private volatile @Nullable String service;
        private volatile @Nullable String entry;
        private volatile boolean askedToLeave;
        private volatile long requests;
        private volatile long lastRequestNanos = System.nanoTime();
        private volatile long heartbeat;
        private volatile boolean answered;
        private volatile boolean closing;

        private Connection(Channel channel, int number) {
            this.channel = channel;
            this.number = number;
        }

        /** Counts from 1, in the order in which consumers connected. */
        int number() {
            return number;
        }

        /** Whose it is; nobody's before it has been called over, or if its caller cannot be told from others. */
        Optional<Holder> holder() {
            Caller known = caller;
            String called = service;
            if (known == null || known == Caller.ANYBODY || called == null) {
                return Optional.empty();
            }
            return Optional.of(new Holder(known, known.sharesConnections() ? "" : called));
        }

        private void called(Invocation call) {
            String name = call.getTargetServiceUniqueName();
            String known = service;
            Caller by = caller;
            if (known == null) {
                entry = call.getAttachment(Constants.TOKEN_KEY);
                service = name;
            } else if (by != null && !known.equals(name)) {
                by.callsSeveralServicesOverOne();
            }
        }

        /**
         * Whether its consumer opened it by an entry of this process: when that leaves the registry, the consumer closes it by itself.
         * Behind a balancer most connections are of other processes' entries.
         */
        boolean isOwn() {
            String by = entry;
            return by != null && ownEntries.contains(by);
        }

        /** Whether its consumer has been told to take another one. */
        boolean askedToLeave() {
            return askedToLeave;
        }

        private void begin(long id) {
            synchronized (running) {
                running.put(id, Boolean.TRUE);
                requests++;
            }
            lastRequestNanos = System.nanoTime();
        }

        private void end(long id) {
            synchronized (running) {
                running.remove(id);
            }
        }

        private int numberRunning() {
            synchronized (running) {
                return running.size();
            }
        }

        private void forgetTheForgotten() {
            if (System.nanoTime() - lastRequestNanos >= FORGOTTEN.toNanos()) {
                synchronized (running) {
                    running.clear();
                }
            }
        }

        /** READONLY: consumers take another connection, if they have one. */
        @Override
        public void askToLeave() {
            askedToLeave = true;
            Request readOnly = new Request();
            readOnly.setEvent(CommonConstants.READONLY_EVENT);
            readOnly.setTwoWay(false);
            send(readOnly);
        }

        /** A heartbeat, which a consumer answers in the thread that reads from and writes to the connection. */
        @Override
        public void ping() {
            Request request = new Request();
            request.setEvent(CommonConstants.HEARTBEAT_EVENT);
            request.setTwoWay(true);
            answered = false;
            heartbeat = request.getId();
            send(request);
        }

        /** Dubbo itself sends heartbeats too; the answer to a later one will do. Ids grow, and may run over. */
        private void heartbeatAnswered(long id) {
            if (id - heartbeat >= 0) {
                answered = true;
            }
        }

        @Override
        public boolean answered() {
            return answered;
        }

        @Override
        public boolean busy() {
            return numberRunning() > 0;
        }

        @Override
        public long requests() {
            return requests;
        }

        @Override
        public void close(Duration patience) {
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

        private void send(Request event) {
            event.setVersion(Version.getProtocolVersion());
            try {
                channel.send(event);
            } catch (RemotingException e) {
                // A connection that cannot be written to is about to be closed by its other end.
                log.debug("{} cannot be written to: {}", this, e.toString());
            }
        }

        @Override
        public String toString() {
            return "Connection from " + channel.getRemoteAddress() + " (" + numberRunning() + " running)";
        }
    }
}
