package io.landfall.config.apollo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.config.apollo.ApolloContents.Item;
import io.landfall.config.apollo.ApolloContents.Released;
import io.landfall.config.apollo.ApolloContents.Space;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The portal's open API, as far as 2.5.2's answers are recorded. */
final class OpenApiAnswers {

    private static final String OPERATOR = "apollo";

    private final ApolloContents contents;
    private final String env;
    private final String token;
    private final ObjectMapper json = new ObjectMapper();

    OpenApiAnswers(ApolloContents contents, String env, String token) {
        this.contents = contents;
        this.env = env;
        this.token = token;
    }

    Reply answer(Asked asked) throws IOException {
        String uri = asked.exchange().getRequestURI().getPath();
        if (!token.equals(asked.header("Authorization").orElse(""))) {
            return Reply.error(401, "Unauthorized", uri);
        }
        List<String> path = asked.path().subList(2, asked.path().size());
        if (path.get(0).equals("apps")) {
            return applications(asked, path);
        }
        // envs/{env}/apps/{app}/clusters/{cluster}/namespaces/{namespace}/...
        if (path.size() < 7 || !path.get(1).equals(env)) {
            return Reply.error(404, "Not Found", uri);
        }
        if (path.size() == 7) {
            return Reply.json(namespaces(path.get(3), path.get(5), asked));
        }
        Optional<Space> space = contents.find(path.get(3), path.get(5), path.get(7));
        if (path.size() == 8) {
            return space.map(s -> Reply.json(namespace(s, detailed(asked))))
                    .orElseGet(() -> Reply.error(404, "Not Found", uri));
        }
        String rest = String.join("/", path.subList(8, path.size()));
        // For a namespace that is not there, both are as for an empty one.
        if (rest.equals("releases/latest")) {
            return space.flatMap(Space::latest)
                    .map(r -> Reply.json(release(path, r)))
                    .orElseGet(() -> Reply.empty(200));
        }
        if (rest.equals("items") && asked.method().equals("GET")) {
            return Reply.json(page(space.map(contents::items).orElse(List.of()), asked));
        }
        return space.isEmpty() ? Reply.error(404, "Not Found", uri) : change(asked, rest, path, space.get());
    }

    private Reply change(Asked asked, String rest, List<String> path, Space space) throws IOException {
        if (asked.method().equals("GET") && rest.startsWith("items/")) {
            return contents.items(space).stream()
                    .filter(i -> i.key().equals(path.get(9)))
                    .findFirst()
                    .map(i -> Reply.json(item(i)))
                    .orElseGet(() -> Reply.error(404, "Not Found", asked.uri()));
        }
        JsonNode body = json.readTree(asked.exchange().getRequestBody());
        if (asked.method().equals("POST") && rest.equals("releases")) {
            return Reply.json(release(
                    path,
                    contents.publish(
                            space,
                            body.path("releaseTitle").asText(),
                            body.path("releaseComment").asText())));
        }
        if (body.path("key").asText().isEmpty()) {
            return badRequest("key and dataChangeCreatedBy should not be null or empty");
        }
        Item item = contents.item(
                space,
                body.path("key").asText(),
                body.path("value").asText(),
                body.path("comment").asText());
        return asked.method().equals("POST") ? Reply.json(item(item)) : Reply.empty(200);
    }

    private static Reply badRequest(String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("exception", "com.ctrip.framework.apollo.common.exception.BadRequestException");
        body.put("message", message);
        body.put("status", 400);
        body.put("timestamp", ApolloContents.now().replace("+0000", ""));
        return Reply.json(400, body);
    }

    private Reply applications(Asked asked, List<String> path) {
        if (path.size() == 3 && path.get(2).equals("envclusters")) {
            Set<String> clusters = new LinkedHashSet<>();
            contents.spaces(path.get(1)).forEach(s -> clusters.add(s.cluster));
            Map<String, Object> here = new LinkedHashMap<>();
            here.put("env", env);
            here.put("clusters", clusters);
            return Reply.json(clusters.isEmpty() ? List.of() : List.of(here));
        }
        List<String> ids = Arrays.asList(asked.parameter("appIds").orElse("").split(",", -1));
        return Reply.json(contents.applications().entrySet().stream()
                .filter(a -> ids.contains(a.getKey()))
                .map(a -> application(a.getKey(), a.getValue()))
                .toList());
    }

    private static Map<String, Object> application(String appId, String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dataChangeCreatedBy", "anonymousUser");
        body.put("dataChangeLastModifiedBy", "anonymousUser");
        body.put("name", name);
        body.put("appId", appId);
        body.put("orgId", "TEST1");
        body.put("orgName", "org");
        body.put("ownerName", OPERATOR);
        body.put("ownerEmail", "apollo@acme.com");
        return body;
    }

    private List<Object> namespaces(String appId, String cluster, Asked asked) {
        return contents.spaces(appId).stream()
                .filter(s -> s.cluster.equals(cluster))
                .map(s -> (Object) namespace(s, detailed(asked)))
                .toList();
    }

    private static boolean detailed(Asked asked) {
        return !asked.parameter("fillItemDetail").orElse("true").equals("false");
    }

    private Map<String, Object> namespace(Space space, boolean detailed) {
        boolean first = space.name.equals("application");
        String suffix = space.name.substring(space.name.lastIndexOf('.') + 1);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appId", space.appId);
        body.put("clusterName", space.cluster);
        body.put("namespaceName", space.name);
        body.put("comment", first ? "default app namespace" : "database");
        body.put("format", new Namespace("", space.name).properties() ? "properties" : suffix);
        body.put("isPublic", space.shared);
        body.put(
                "items",
                detailed
                        ? contents.items(space).stream()
                                .map(OpenApiAnswers::item)
                                .toList()
                        : List.of());
        changed(body, space.createdBy, space.created, space.created);
        return body;
    }

    private static Map<String, Object> page(List<Item> all, Asked asked) {
        int page = Integer.parseInt(asked.parameter("page").orElse("0"));
        int size = Integer.parseInt(asked.parameter("size").orElse("50"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("page", page);
        body.put("size", size);
        body.put("total", all.size());
        body.put(
                "content",
                all.stream()
                        .skip((long) page * size)
                        .limit(size)
                        .map(OpenApiAnswers::item)
                        .toList());
        return body;
    }

    private static Map<String, Object> item(Item item) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", item.key());
        body.put("type", 0);
        body.put("value", item.value());
        body.put("comment", item.comment());
        changed(body, OPERATOR, item.created(), item.modified());
        return body;
    }

    private static Map<String, Object> release(List<String> path, Released release) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", release.id());
        body.put("appId", path.get(3));
        body.put("clusterName", path.get(5));
        body.put("namespaceName", path.get(7));
        body.put("name", release.name());
        body.put("configurations", release.values());
        body.put("comment", release.comment());
        changed(body, OPERATOR, release.time(), release.time());
        return body;
    }

    private static void changed(Map<String, Object> body, String by, String created, String modified) {
        body.put("dataChangeCreatedBy", by);
        body.put("dataChangeLastModifiedBy", by);
        body.put("dataChangeCreatedTime", created);
        body.put("dataChangeLastModifiedTime", modified);
    }
}
