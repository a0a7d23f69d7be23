package io.landfall.config.apollo;

import io.landfall.config.SnapshotException;
import io.landfall.config.Violation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apollo's config service: what clients ask, and what is released. */
final class ConfigService {

    private static final String DEFAULT_CLUSTER = "default";

    /** Without an address, the caller's would choose a gray release; this one is nobody's. */
    private static final String NOBODY = "?ip=0.0.0.0";

    private final Http http;
    private final Endpoint server;
    private final String appId;
    private final boolean signed;
    private final Clock clock;

    /** @param signed whether there is an access key */
    ConfigService(Http http, Endpoint server, String appId, boolean signed, Clock clock) {
        this.http = http;
        this.server = server;
        this.appId = appId;
        this.signed = signed;
        this.clock = clock;
    }

    /**
     * What is released of a namespace.
     *
     * @return empty if nothing is
     * @throws SnapshotException if there is no answer, or none that is true
     */
    Optional<Release> read(Namespace namespace) {
        Answer answer = http.get(server, path(namespace) + NOBODY, place(namespace));
        if (answer.missing()) {
            return Optional.empty();
        }
        if (!answer.good()) {
            throw refused(refusal(answer, namespace));
        }
        try {
            return Optional.of(release(namespace, JsonObject.read(answer.body())));
        } catch (IllegalArgumentException e) {
            throw refused(new Violation(
                    place(namespace),
                    String.valueOf(e.getMessage()),
                    "look whether the URL is that of Apollo's config service, and what is in between"));
        }
    }

    /** Whether this is still what is released. */
    boolean current(Release release) {
        Namespace namespace = release.asked();
        String query = NOBODY + "&releaseKey=" + URLEncoder.encode(release.key(), StandardCharsets.UTF_8);
        Answer answer = http.get(server, path(namespace) + query, place(namespace));
        if (answer.unchanged() || answer.good() || answer.missing()) {
            return answer.unchanged();
        }
        throw refused(refusal(answer, namespace));
    }

    /** {@code order-svc/default/application at http://host:port}. */
    String place(Namespace namespace) {
        return appId + "/" + namespace + " at " + server;
    }

    @Override
    public String toString() {
        return server.toString();
    }

    private String path(Namespace namespace) {
        return "/configs/" + appId + "/" + namespace;
    }

    private Release release(Namespace namespace, JsonObject answer) {
        require("application", answer.text("appId"), appId);
        require("namespace", answer.text("namespaceName"), namespace.name());
        String cluster = answer.text("cluster");
        if (!cluster.equals(namespace.cluster()) && !cluster.equals(DEFAULT_CLUSTER)) {
            throw gray(namespace, cluster);
        }
        String key = answer.text("releaseKey");
        Map<String, String> configurations = answer.texts("configurations");
        if (key.isBlank()) {
            throw new IllegalArgumentException("the answer's releaseKey is empty");
        }
        return new Release(namespace, cluster, configurations, key);
    }

    private Violation refusal(Answer answer, Namespace namespace) {
        return signed
                ? answer.refusal(place(namespace), "check the access key, and that it is enabled", clock)
                : answer.refusal(place(namespace), "give the access key: the application has one enabled");
    }

    private static void require(String what, String is, String asked) {
        if (!is.equals(asked)) {
            throw new IllegalArgumentException("the answer is of another " + what + " than was asked for");
        }
    }

    /** The answer's cluster is a branch then. */
    private SnapshotException gray(Namespace namespace, String branch) {
        return refused(new Violation(
                place(namespace),
                "its gray release " + branch.replaceAll("\\p{Cntrl}", "?") + " is for every address or label (*)",
                "release the branch to all, or abandon it"));
    }

    private static SnapshotException refused(Violation violation) {
        return new SnapshotException("Apollo", List.of(violation));
    }
}
