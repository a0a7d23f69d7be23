package io.landfall.shutdown.dubbo.consumer;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.remoting.api.connection.AbstractConnectionClient;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Protocol;
import org.apache.dubbo.rpc.RpcException;

/**
 * Makes one {@link Hop} after the other to the same entry of a registry.
 *
 * @param protocol Dubbo's own
 * @param type the service's interface
 * @param url the entry
 * @param connections that hops use, and leave
 */
record Hops<T>(Protocol protocol, Class<T> type, URL url, ConnectionsByEntry connections) {

    /**
     * The first one.
     *
     * @throws RpcException if the provider cannot be reached, and the consumer asks for that to be checked
     */
    Hop<T> first() {
        Invoker<T> invoker = protocol.refer(type, url);
        return new Hop<>(invoker, connections.current(url));
    }

    /**
     * One on another connection than a hop that somebody wants to leave.
     *
     * @throws RpcException if the address cannot be reached now
     */
    Hop<T> after(Hop<T> left) {
        AbstractConnectionClient old = left.connection();
        if (old != null) {
            connections.leave(url, old);
        }
        Hop<T> next = first();
        if (!next.invoker().isAvailable()) {
            next.invoker().destroy();
            throw new RpcException("no connection to " + url.getAddress());
        }
        return next;
    }
}
