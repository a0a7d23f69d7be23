package io.landfall.shutdown.dubbo;

import io.netty.channel.Channel;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from Dubbo's channels to Netty's. */
final class NettyChannels {

    private static final Logger log = LoggerFactory.getLogger(NettyChannels.class);

    private NettyChannels() {}

    /** Dubbo keeps its Netty channels to itself; the class is not public, the method is. */
    static @Nullable Channel behind(org.apache.dubbo.remoting.Channel channel) {
        try {
            Method getter = channel.getClass().getMethod("getNioChannel");
            getter.setAccessible(true);
            return (Channel) getter.invoke(channel);
        } catch (ReflectiveOperationException | ClassCastException e) {
            log.debug("No Netty channel behind {}: {}", channel, e.toString());
            return null;
        }
    }
}
