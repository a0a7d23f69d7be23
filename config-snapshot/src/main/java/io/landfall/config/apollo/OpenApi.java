package io.landfall.config.apollo;

import io.landfall.config.SnapshotException;
import io.landfall.config.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The portal's open API: what people said of a release and its items. */
final class OpenApi {

    private static final int PAGE_SIZE = 100;

    /** More than an application can have; a portal that never ends is not believed. */
    private static final int MOST_PAGES = 1_000;

    private static final String ADVICE = "check the token, and that it is one for this environment's portal";

    private final Http http;
    private final Endpoint portal;
    private final String appId;
    private final String env;

    OpenApi(Http http, Endpoint portal, String appId, String env) {
        this.http = http;
        this.portal = portal;
        this.appId = appId;
        this.env = env;
    }

    /**
     * What was said of a release.
     *
     * @param comments of the keys whose items are as released
     */
    record Notes(long id, String name, String comment, Map<String, String> comments) {}

    /**
     * Empty: the namespace is another application's public one.
     *
     * @throws ChangedException if the portal has another release
     * @throws SnapshotException if there is no answer, or none that is true
     */
    Optional<Notes> notes(Release release) {
        Namespace namespace = release.origin();
        Optional<JsonObject> latest = latest(namespace);
        if (latest.isEmpty()) {
            if (owns(namespace)) {
                throw different(namespace);
            }
            return Optional.empty();
        }
        if (!same(release, valid(namespace, () -> latest.get().texts("configurations")))) {
            throw different(namespace);
        }
        Map<String, String> comments = namespace.properties() ? comments(release) : Map.of();
        return Optional.of(valid(namespace, () -> notes(latest.get(), comments)));
    }

    /** What of a namespace is not there, as far as the portal knows. */
    String absent(Namespace namespace) {
        Answer answer = get("/apps/" + appId + "/envclusters", namespace);
        List<JsonObject> envs = answer.good() ? valid(namespace, () -> JsonObject.readAll(answer.body())) : List.of();
        if (envs.isEmpty()) {
            return "the portal knows no application " + appId;
        }
        List<JsonObject> here = envs.stream()
                .filter(e -> env.equals(e.optionalText("env").orElse("")))
                .toList();
        if (here.isEmpty()) {
            return "the portal has no environment " + env + " of the application " + appId;
        }
        if (here.stream().noneMatch(e -> e.lists("clusters", namespace.cluster()))) {
            return "the application " + appId + " has no cluster " + namespace.cluster() + " in " + env;
        }
        return owns(namespace)
                ? "the namespace " + namespace.name() + " has no release in " + env
                : "the application " + appId + " has no namespace " + namespace.name() + " in " + env;
    }

    @Override
    public String toString() {
        return portal.toString();
    }

    private static Notes notes(JsonObject release, Map<String, String> comments) {
        return new Notes(
                release.number("id"),
                release.text("name"),
                release.optionalText("comment").orElse(""),
                comments);
    }

    /** Of a merged namespace the portal has what the application itself released, which wins. */
    private static boolean same(Release release, Map<String, String> here) {
        return release.merged()
                ? release.configurations().entrySet().containsAll(here.entrySet())
                : release.configurations().equals(here);
    }

    private Optional<JsonObject> latest(Namespace namespace) {
        Answer answer = get(path(namespace) + "/releases/latest", namespace);
        if (answer.missing() || (answer.good() && answer.body().length == 0)) {
            return Optional.empty();
        }
        return Optional.of(
                valid(namespace, () -> JsonObject.read(good(answer, namespace).body())));
    }

    private Map<String, String> comments(Release release) {
        Namespace namespace = release.origin();
        Map<String, String> comments = new LinkedHashMap<>();
        long read = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer answer = get(path(namespace) + "/items?page=" + page + "&size=" + PAGE_SIZE, namespace);
            JsonObject items = valid(
                    namespace, () -> JsonObject.read(good(answer, namespace).body()));
            List<JsonObject> content = valid(namespace, () -> items.objects("content"));
            content.forEach(item -> addComment(item, release, comments));
            read += content.size();
            if (content.isEmpty() || read >= valid(namespace, () -> items.number("total"))) {
                return comments;
            }
        }
        throw refused(new Violation(
                place(namespace),
                "its items have more than " + MOST_PAGES + " pages",
                "look whether this is Apollo's portal"));
    }

    /** An item that was edited since has a comment for a value that is not released. */
    private static void addComment(JsonObject item, Release release, Map<String, String> comments) {
        Optional<String> key = item.optionalText("key");
        Optional<String> released = key.map(release.configurations()::get);
        if (released.isPresent() && released.equals(item.optionalText("value"))) {
            item.optionalText("comment").ifPresent(comment -> comments.put(key.orElseThrow(), comment));
        }
    }

    /** The portal answers the same for a namespace without a release, and for one that is not there. */
    private boolean owns(Namespace namespace) {
        Answer answer = get(clusters(namespace) + "?fillItemDetail=false", namespace);
        if (answer.missing()) {
            return false;
        }
        List<JsonObject> all = valid(
                namespace, () -> JsonObject.readAll(good(answer, namespace).body()));
        return all.stream()
                .anyMatch(n -> n.optionalText("namespaceName").orElse("").equalsIgnoreCase(namespace.name()));
    }

    private ChangedException different(Namespace namespace) {
        return new ChangedException(new Violation(
                place(namespace),
                "the portal's latest release in " + env + " is not what the config service has",
                "check that they are of one environment, and ask again when nobody releases"));
    }

    private Answer get(String path, Namespace namespace) {
        return http.get(portal, "/openapi/v1" + path, place(namespace));
    }

    private Answer good(Answer answer, Namespace namespace) {
        if (!answer.good()) {
            throw refused(answer.refusal(place(namespace), ADVICE));
        }
        return answer;
    }

    private <T> T valid(Namespace namespace, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw refused(new Violation(
                    place(namespace),
                    String.valueOf(e.getMessage()),
                    "look whether the URL is that of Apollo's portal, and what is in between"));
        }
    }

    private String path(Namespace namespace) {
        return clusters(namespace) + "/" + namespace.name();
    }

    private String clusters(Namespace namespace) {
        return "/envs/" + env + "/apps/" + appId + "/clusters/" + namespace.cluster() + "/namespaces";
    }

    private String place(Namespace namespace) {
        return appId + "/" + namespace + " at " + portal;
    }

    private static SnapshotException refused(Violation violation) {
        return new SnapshotException("Apollo", List.of(violation));
    }
}
