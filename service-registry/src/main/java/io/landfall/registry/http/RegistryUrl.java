package io.landfall.registry.http;

import io.landfall.registry.ServiceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which registry, and where: {@code eureka+http://user:password@eureka-0:8761/eureka,http://eureka-1:8761/eureka} or
 * {@code consul+http://localhost:8500}. Several servers of Eureka are tried in turn. Credentials are used and never shown.
 */
public final class RegistryUrl {

    private static final Pattern KIND = Pattern.compile("(eureka|consul|nacos)(\\+https?|):.*", Pattern.DOTALL);
    /** Not each comma: a password may have one. */
    private static final String BETWEEN_SERVERS = ",\\s*(?=(?:eureka\\+|consul\\+)?https?://)";

    private static final Pattern HEADER = Pattern.compile("[!-~]+");

    private static final String NACOS =
            "Nacos over HTTP keeps one record for an address and a port: all pods behind one"
                    + " address would be one instance, and the first that leaves takes it from the others. Register by Nacos' own"
                    + " client, which speaks gRPC (Spring Cloud, Dubbo)";

    private final Kind kind;
    private final List<Endpoint> servers;

    private enum Kind {
        EUREKA,
        CONSUL
    }

    private RegistryUrl(Kind kind, List<Endpoint> servers) {
        this.kind = kind;
        this.servers = servers;
    }

    /**
     * Reads it.
     *
     * @param text characters of the user's name and password that mean something in a URL are percent-encoded
     * @throws IllegalArgumentException naming everything that is wrong, without credentials
     */
    public static RegistryUrl parse(String text) {
        String trimmed = text.strip();
        Kind kind = kind(trimmed);
        List<Endpoint> servers = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String server : trimmed.split(BETWEEN_SERVERS, -1)) {
            try {
                servers.add(server(kind, server, trimmed));
            } catch (IllegalArgumentException e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        }
        if (kind == Kind.CONSUL && servers.size() > 1) {
            wrong.add(
                    "several agents of Consul, each of which would have an entry of its own: name the one on the pod's node");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return new RegistryUrl(kind, List.copyOf(servers));
    }

    /**
     * The same with an ACL token.
     *
     * @throws IllegalArgumentException if the registry knows no tokens, or this can be none
     */
    public RegistryUrl withToken(String token) {
        if (kind != Kind.CONSUL) {
            throw new IllegalArgumentException(
                    "Eureka knows no tokens: write user and password into its URL, or leave the token out");
        }
        if (!HEADER.matcher(token.strip()).matches()) {
            throw new IllegalArgumentException("the token is empty, or has characters that no header takes");
        }
        return new RegistryUrl(kind, List.of(servers.get(0).with("X-Consul-Token", token.strip())));
    }

    /** The registry there. Connects when it is first called. */
    public ServiceRegistry open() {
        return kind == Kind.EUREKA
                ? new EurekaRegistry(servers, EurekaRegistry.TIMING)
                : new ConsulRegistry(servers.get(0), ConsulRegistry.TIMING);
    }

    List<Endpoint> servers() {
        return servers;
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " at " + Endpoint.shown(servers);
    }

    private static Kind kind(String text) {
        Matcher matcher = KIND.matcher(text);
        if (matcher.matches() && matcher.group(1).equals("nacos")) {
            throw new IllegalArgumentException(NACOS);
        }
        if (!matcher.matches() || matcher.group(2).isEmpty()) {
            throw new IllegalArgumentException("the registry is " + quoted(text, text)
                    + ": write eureka+http://host:8761/eureka or consul+http://host:8500");
        }
        return Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    }

    private static Endpoint server(Kind kind, String server, String whole) {
        String url = server.strip().replaceFirst("^" + kind.name().toLowerCase(Locale.ROOT) + "\\+", "");
        Endpoint endpoint = Endpoint.parse(url)
                .orElseThrow(() -> new IllegalArgumentException("the registry's server is " + quoted(server, whole)
                        + ": write http://host:port/path, with user:password@ percent-encoded where needed"));
        if (kind == Kind.EUREKA && endpoint.path().isEmpty()) {
            throw new IllegalArgumentException("the URL " + endpoint + " has no path: Eureka's is mostly /eureka");
        }
        return endpoint;
    }

    /** Who cannot read a URL cannot know which part of it is a password. */
    private static String quoted(String part, String whole) {
        return whole.contains("@") ? "unreadable (not shown, it may have a password)" : "'" + part + "'";
    }
}
