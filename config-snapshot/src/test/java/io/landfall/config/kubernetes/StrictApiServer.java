package io.landfall.config.kubernetes;

import static io.landfall.config.kubernetes.Answers.json;
import static io.landfall.config.kubernetes.Answers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.HttpUrl;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** fabric8's API server for tests, made as strict as a real one where snapshots depend on it. */
class StrictApiServer extends KubernetesCrudDispatcher {

    private static final int LARGEST_OBJECT = 1024 * 1024;

    private final Set<String> unknownPaths = ConcurrentHashMap.newKeySet();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile int largestPage = Integer.MAX_VALUE;

    @Override
    public final void reset() {
        super.reset();
        unknownPaths.clear();
        forbidden.clear();
        largestPage = Integer.MAX_VALUE;
    }

    /** {@code create secrets}. */
    void forbid(String verbAndResource) {
        forbidden.add(verbAndResource);
    }

    /** A kind that this Kubernetes does not have: {@code /apis/batch/v1/namespaces/shop/cronjobs}. */
    void forget(String path) {
        unknownPaths.add(path);
    }

    /** So many items at most, whatever the client asks for. */
    void largestPage(int items) {
        largestPage = items;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        HttpUrl url = HttpUrl.parse("http://localhost" + request.getPath());
        String path = url.encodedPath();
        if (unknownPaths.contains(path)) {
            return status(404, "NotFound", "the server could not find the requested resource");
        }
        if (path.endsWith("/selfsubjectaccessreviews")) {
            return reviewed(json(request.getBody().getBytes()));
        }
        String right = right(request, path);
        if (forbidden.contains(right)) {
            return status(403, "Forbidden", "User \"system:serviceaccount:shop:default\" cannot " + right);
        }
        return switch (request.method()) {
            case POST -> validated(request);
            case PUT -> replaced(request);
            case PATCH -> patched(request);
            case DELETE -> deleted(request);
            default -> page(request, url);
        };
    }

    private MockResponse validated(RecordedRequest request) {
        String problem = problem(json(request.getBody().getBytes()));
        return problem.isEmpty() ? super.dispatch(request) : status(422, "Invalid", problem);
    }

    private MockResponse replaced(RecordedRequest request) {
        MockResponse there = handleGet(request.getPath());
        ObjectNode next = json(request.getBody().getBytes());
        if (there.code() == 200 && changesImmutable(json(there.getBody().getBytes()), next)) {
            return status(422, "Invalid", "data: Forbidden: field is immutable when `immutable` is set");
        }
        return validated(request);
    }

    private MockResponse patched(RecordedRequest request) {
        MockResponse there = handleGet(request.getPath());
        ObjectNode patch = json(request.getBody().getBytes());
        boolean data = patch.has("data") || patch.has("binaryData") || patch.has("immutable");
        if (data
                && there.code() == 200
                && json(there.getBody().getBytes()).path("immutable").asBoolean()) {
            return status(422, "Invalid", "data: Forbidden: field is immutable when `immutable` is set");
        }
        return super.dispatch(request);
    }

    private MockResponse deleted(RecordedRequest request) {
        byte[] options = request.getBody().getBytes();
        MockResponse there = handleGet(request.getPath());
        String expected = options.length == 0
                ? ""
                : json(options).at("/preconditions/resourceVersion").asText();
        if (!expected.isEmpty()
                && there.code() == 200
                && !expected.equals(json(there.getBody().getBytes())
                        .at("/metadata/resourceVersion")
                        .asText())) {
            return status(409, "Conflict", "the object has been modified");
        }
        return super.dispatch(request);
    }

    /** Of lists, by limit; what continues is the number of the next. */
    private MockResponse page(RecordedRequest request, HttpUrl url) {
        MockResponse answer = super.dispatch(request);
        String limit = url.queryParameter("limit");
        if (limit == null || answer.code() != 200) {
            return answer;
        }
        ObjectNode list = json(answer.getBody().getBytes());
        String token = url.queryParameter("continue");
        int from = token == null ? 0 : Integer.parseInt(token);
        JsonNode all = list.path("items");
        int to = Math.min(all.size(), from + Math.min(Integer.parseInt(limit), largestPage));
        ArrayNode items = list.putArray("items");
        for (int i = from; i < to; i++) {
            items.add(all.get(i));
        }
        if (to < all.size()) {
            ((ObjectNode) list.path("metadata")).put("continue", String.valueOf(to));
        }
        return new MockResponse().setResponseCode(200).setBody(list.toString());
    }

    private MockResponse reviewed(ObjectNode review) {
        JsonNode asked = review.at("/spec/resourceAttributes");
        String right =
                asked.path("verb").asText() + " " + asked.path("resource").asText();
        review.putObject("status").put("allowed", !forbidden.contains(right));
        return new MockResponse().setResponseCode(201).setBody(review.toString());
    }

    /** All there are. */
    List<ObjectNode> objects() {
        synchronized (map) {
            return map.values().stream()
                    .map(text -> json(text.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    /** Changes an object past all rules, as a damaged disk would. */
    void tamper(String kindAndName, Consumer<ObjectNode> change) {
        synchronized (map) {
            for (Map.Entry<AttributeSet, String> entry : map.entrySet()) {
                ObjectNode object = json(entry.getValue().getBytes(StandardCharsets.UTF_8));
                String name = object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText();
                if (name.equals(kindAndName)) {
                    change.accept(object);
                    entry.setValue(object.toString());
                    return;
                }
            }
        }
        throw new IllegalArgumentException("there is no " + kindAndName);
    }

    private static String right(RecordedRequest request, String path) {
        List<String> parts = List.of(path.substring(1).split("/", -1));
        int resource = parts.indexOf("namespaces") + 2;
        boolean named = parts.size() > resource + 1;
        String verb =
                switch (request.method()) {
                    case POST -> "create";
                    case PUT -> "update";
                    case PATCH -> "patch";
                    case DELETE -> "delete";
                    default -> request.getPath().contains("watch=true") ? "watch" : named ? "get" : "list";
                };
        return verb + " " + parts.get(resource);
    }

    private static boolean changesImmutable(ObjectNode there, ObjectNode next) {
        return there.path("immutable").asBoolean()
                && !(there.path("data").equals(next.path("data"))
                        && there.path("binaryData").equals(next.path("binaryData"))
                        && next.path("immutable").asBoolean());
    }

    /** What the API server checks before it takes a ConfigMap or a Secret. */
    private static String problem(ObjectNode object) {
        List<String> problems = new ArrayList<>();
        String name = object.at("/metadata/name").asText();
        if (name.length() > 253 || !name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")) {
            problems.add("metadata.name: " + name);
        }
        object.at("/metadata/labels").properties().forEach(label -> {
            String value = label.getValue().asText();
            if (value.length() > 63 || !value.matches("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")) {
                problems.add("metadata.labels: " + label);
            }
        });
        int size = 0;
        for (String field : List.of("data", "binaryData")) {
            for (Map.Entry<String, JsonNode> entry : object.path(field).properties()) {
                if (entry.getKey().length() > 253 || !entry.getKey().matches("[-._a-zA-Z0-9]+")) {
                    problems.add(field + ": " + entry.getKey());
                }
                int bytes = entry.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
                boolean encoded = field.equals("binaryData")
                        || object.path("kind").asText().equals("Secret");
                size += encoded ? bytes / 4 * 3 : bytes;
            }
        }
        if (size > LARGEST_OBJECT) {
            problems.add("data: Too long: must have at most 1048576 bytes");
        }
        return String.join(", ", problems);
    }
}
