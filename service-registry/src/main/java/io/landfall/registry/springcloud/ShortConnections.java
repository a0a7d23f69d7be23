package io.landfall.registry.springcloud;

import java.util.Map;

/**
 * A web server ends a consumer's connection after a few calls, with the last answer saying so, as HTTP has it ({@code Connection:
 * close}, RFC 9112, section 9.6): no call is lost, and the next one goes to a pod chosen anew.
 *
 * <p>kube-proxy throws dice for every new connection, and never again. The fewer calls a throw decides, the closer the pods come to
 * equal shares: of K calls that came by connections of c calls each, a pod of n gets its share give or take
 * {@code sqrt(c (n - 1) / K)} of it. With five calls, four pods and 14,000 calls that is 3%; with the hundred that Tomcat allows,
 * 15%. A new connection for every fifth call is what it costs.
 */
final class ShortConnections {

    private static final int CALLS = 5;

    /** Of those servers that count: Tomcat and Netty. Jetty does not. */
    static final Map<String, Object> PROPERTIES = Map.of(
            "server.tomcat.max-keep-alive-requests", CALLS,
            "server.netty.max-keep-alive-requests", CALLS);

    private ShortConnections() {}
}
