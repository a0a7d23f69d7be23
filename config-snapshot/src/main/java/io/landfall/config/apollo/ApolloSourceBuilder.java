package io.landfall.config.apollo;

import io.github.resilience4j.core.IntervalFunction;
import io.landfall.config.SnapshotException;
import io.landfall.config.Violation;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Collects what an {@link ApolloSource} asks, and whom. Not for several threads. */
public final class ApolloSourceBuilder {

    private static final int LARGEST = 64 * 1024 * 1024;

    private final URI configService;
    private final String appId;
    /** Those without a cluster of their own get {@link #cluster} in the end. */
    private final List<Function<String, Namespace>> namespaces = new ArrayList<>();

    private String cluster = "default";
    private Optional<String> secret = Optional.empty();
    private Optional<Function<Http, OpenApi>> openApi = Optional.empty();
    private Duration timeout = Duration.ofSeconds(10);
    private int attempts = 3;
    private Duration firstPause = Duration.ofMillis(250);
    private int largest = LARGEST;
    private Clock clock = Clock.systemUTC();

    ApolloSourceBuilder(URI configService, String appId) {
        this.configService = configService;
        this.appId = ApolloName.checked("application's id", appId);
    }

    /** Whose releases to take; {@code default} unless said, and by Apollo's own rule if this one has none. */
    public ApolloSourceBuilder cluster(String name) {
        cluster = ApolloName.checked("cluster's name", name);
        return this;
    }

    /** More namespaces, with their suffix unless they are properties; {@code application} if there are none in the end. */
    public ApolloSourceBuilder namespaces(String... names) {
        for (String name : names) {
            namespaces.add(inCluster -> new Namespace(inCluster, name));
        }
        return this;
    }

    /** One more, of another cluster than the rest. */
    public ApolloSourceBuilder namespace(String ofCluster, String name) {
        namespaces.add(inCluster -> new Namespace(ofCluster, name));
        return this;
    }

    /** Signs requests to the config service, which accepts a minute between its clock and ours. */
    public ApolloSourceBuilder accessKey(String secretKey) {
        secret = Optional.of(secretKey);
        return this;
    }

    /**
     * Brings comments.
     *
     * @param portal for instance {@code http://apollo-portal:8070}
     * @param env as the portal calls it, for instance {@code PRO}
     * @param token of the open API
     * @throws IllegalArgumentException if one of them cannot be right; never quotes the token
     */
    public ApolloSourceBuilder openApi(URI portal, String env, String token) {
        ApolloName.checked("environment's name", env);
        Endpoint endpoint = Endpoint.of("portal", portal, Optional.of(Endpoint.token(token)));
        openApi = Optional.of(http -> new OpenApi(http, endpoint, appId, env));
        return this;
    }

    /** Of one attempt at one request, from the connection to the last byte; 10 s unless said. */
    public ApolloSourceBuilder timeout(Duration one) {
        if (one.isNegative() || one.isZero()) {
            throw new IllegalArgumentException("the time-out is " + one + ", and must be more than nothing");
        }
        timeout = one;
        return this;
    }

    /** At each request, the first included; 3 unless said. Pauses between them begin at a quarter of a second, and double. */
    public ApolloSourceBuilder attempts(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("there are " + most + " attempts, and must be one at least");
        }
        attempts = most;
        return this;
    }

    /** Before the second attempt. */
    ApolloSourceBuilder firstPause(Duration pause) {
        firstPause = pause;
        return this;
    }

    /** Of an answer, in bytes. */
    ApolloSourceBuilder largest(int bytes) {
        largest = bytes;
        return this;
    }

    /** What requests are signed by. */
    ApolloSourceBuilder clock(Clock other) {
        clock = other;
        return this;
    }

    /**
     * The source; nothing is asked yet.
     *
     * @throws SnapshotException if namespaces cannot be files of one snapshot: all that is wrong
     * @throws IllegalArgumentException if the URL of the config service is none
     */
    public ApolloSource build() {
        Optional<Endpoint.Credentials> credentials = secret.map(s -> new AccessKey(appId, s, clock));
        Endpoint server = Endpoint.of("config service", configService, credentials);
        String description = "Apollo " + appId + "/" + cluster + " at " + server;
        List<Namespace> all = checked(description);
        IntervalFunction pauses = ApolloSource.pauses(firstPause);
        Http http = new Http(timeout, largest, attempts, pauses);
        return new ApolloSource(
                new ConfigService(http, server, appId, secret.isPresent(), clock),
                openApi.map(portal -> portal.apply(http)),
                all,
                description,
                pauses);
    }

    private List<Namespace> checked(String description) {
        List<Namespace> all = namespaces.isEmpty()
                ? List.of(new Namespace(cluster, "application"))
                : namespaces.stream().map(n -> n.apply(cluster)).toList();
        List<Violation> violations = new ArrayList<>();
        Map<String, Namespace> files = new HashMap<>();
        for (Namespace namespace : all) {
            namespace
                    .problem()
                    .ifPresent(p -> violations.add(new Violation(shown(namespace), p, "use " + ApolloName.RULE)));
            Namespace other = files.putIfAbsent(namespace.file().toLowerCase(Locale.ROOT), namespace);
            if (other != null) {
                violations.add(new Violation(
                        shown(namespace),
                        "its file " + shown(namespace.file()) + " collides with that of " + shown(other),
                        "leave one of them out"));
            }
        }
        if (!violations.isEmpty()) {
            throw new SnapshotException(description, violations);
        }
        return all;
    }

    /** Control characters would forge lines of a log. */
    private static String shown(Object name) {
        return name.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
