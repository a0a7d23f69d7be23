package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who owns which fields of a workload, as its {@code managedFields} say. A release owns every field of the template, so whoever changes one
 * owns it afterwards, and it does not any more.
 */
final class Ownership {

    private static final String ANNOTATIONS = "f:annotations";
    private static final Set<String> ROLLOUT = Set.of(
            "f:template",
            "f:minReadySeconds",
            "f:progressDeadlineSeconds",
            "f:strategy",
            "f:updateStrategy",
            "f:paused");
    private static final int ENOUGH = 3;

    private final JsonNode object;
    private final ArrayNode entries;

    Ownership(JsonNode object) {
        this.object = object;
        this.entries = object.path("metadata").path("managedFields") instanceof ArrayNode array
                ? array
                : Json.object().arrayNode();
    }

    /**
     * Somebody with fields of a release that Landfall does not own.
     *
     * @param manager as it calls itself
     * @param fields some of them: {@code spec.template.spec.containers[name="app"].image}
     */
    record Foreign(String manager, List<String> fields) {

        @Override
        public String toString() {
            return manager + " (" + String.join(", ", fields) + ")";
        }
    }

    List<Foreign> foreign() {
        JsonNode ours = ours();
        List<Foreign> others = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER)) {
                continue;
            }
            List<String> fields = new ArrayList<>();
            claimed(entry)
                    .properties()
                    .forEach(part -> collect(part.getKey(), part.getValue(), ours.path(part.getKey()), fields));
            if (!fields.isEmpty()) {
                others.add(new Foreign(
                        entry.path("manager").asText(),
                        fields.stream().limit(ENOUGH).toList()));
            }
        }
        return List.copyOf(others);
    }

    /**
     * A change that gives Landfall what others own of the specification and of its annotations. Without it, applying a manifest leaves there
     * what others have added.
     */
    ObjectNode adoption() {
        ArrayNode changed = entries.arrayNode();
        ObjectNode ours = Json.object();
        for (JsonNode entry : entries) {
            ObjectNode copy = entry.deepCopy();
            if (isOurs(entry)) {
                merge(ours, copy.path("fieldsV1"));
            } else if (take(copy, ours)) {
                changed.add(copy);
            }
        }
        changed.add(entryOf(ours));
        ObjectNode change = Json.object();
        ObjectNode metadata = change.putObject("metadata");
        metadata.set("resourceVersion", object.path("metadata").path("resourceVersion"));
        metadata.set("uid", object.path("metadata").path("uid"));
        metadata.set("managedFields", changed);
        return change;
    }

    /** Whether the mark of a release would stay where it is left out of what is applied. */
    boolean marksAreForeign() {
        for (JsonNode entry : entries) {
            JsonNode metadata = entry.path("fieldsV1").path("f:metadata");
            JsonNode marks = metadata.path(ANNOTATIONS);
            boolean has = marks.has("f:" + Marks.RELEASE) || marks.has("f:" + Marks.LAST_ORDER);
            // Whoever once owned all annotations keeps those that others take away.
            if (isUpdateOfOurs(entry) ? metadata.has(ANNOTATIONS) : has && !isOurs(entry)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether applying an object would leave something in the pod template that is ours and not wanted: a structure that all fields are taken from,
     * or what an {@link ExactChange} wrote, which no apply takes away.
     */
    boolean leaves(JsonNode wanted) {
        for (JsonNode entry : entries) {
            if (isUpdateOfOurs(entry) && entry.path("fieldsV1").path("f:spec").has("f:template")) {
                return true;
            }
        }
        JsonNode owned = ours().path("f:spec").path("f:template").path("f:spec");
        return empties(owned, wanted.path("spec").path("template").path("spec"));
    }

    private static boolean empties(JsonNode owned, JsonNode wanted) {
        return owned.properties().stream().anyMatch(field -> {
            String key = field.getKey();
            JsonNode inside = field.getValue();
            if (key.startsWith("k:")) {
                Optional<JsonNode> element = element(wanted, Json.object(key.substring(2)));
                return element.isPresent() && empties(inside, element.get());
            }
            JsonNode there = wanted.path(key.replaceFirst("^f:", ""));
            return isStructure(inside) && (there.isMissingNode() || empties(inside, there));
        });
    }

    private static boolean isStructure(JsonNode owned) {
        return owned.properties().stream().anyMatch(child -> !child.getKey().equals("."));
    }

    private static Optional<JsonNode> element(JsonNode list, JsonNode keys) {
        for (JsonNode element : list) {
            if (keys.properties().stream().allMatch(key -> element.path(key.getKey())
                    .asText()
                    .equals(key.getValue().asText()))) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    private ObjectNode entryOf(ObjectNode fields) {
        ObjectNode entry = Json.object()
                .put("manager", ApiServer.FIELD_MANAGER)
                .put("operation", "Apply")
                .put("apiVersion", object.path("apiVersion").asText())
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", fields);
        return entry;
    }

    /** Whether the other one has something left. */
    private static boolean take(ObjectNode entry, ObjectNode ours) {
        if (!(entry.path("fieldsV1") instanceof ObjectNode fields)) {
            return true;
        }
        if (isUpdateOfOurs(entry)) {
            merge(ours, fields);
            return false;
        }
        ObjectNode taken = Json.object();
        if (fields.has("f:spec")) {
            taken.set("f:spec", fields.remove("f:spec"));
        }
        if (fields.path("f:metadata").path(ANNOTATIONS) instanceof ObjectNode annotations) {
            for (String mark : Marks.ALL) {
                if (annotations.has("f:" + mark)) {
                    taken.withObject("/f:metadata")
                            .withObject("/" + ANNOTATIONS)
                            .set("f:" + mark, annotations.remove("f:" + mark));
                }
            }
        }
        merge(ours, taken);
        return !fields.isEmpty();
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (!(into.path(field.getKey()) instanceof ObjectNode there)) {
                into.set(field.getKey(), field.getValue().deepCopy());
            } else {
                merge(there, field.getValue());
            }
        });
    }

    private JsonNode ours() {
        for (JsonNode entry : entries) {
            if (isOurs(entry)) {
                return claimed(entry);
            }
        }
        return Json.object();
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER)
                && entry.path("operation").asText().equals("Apply");
    }

    /** What was written as it is, not applied. */
    private static boolean isUpdateOfOurs(JsonNode entry) {
        return entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER) && !isOurs(entry);
    }

    /** What matters to a release of what somebody owns. */
    private static ObjectNode claimed(JsonNode entry) {
        ObjectNode claimed = Json.object();
        JsonNode fields = entry.path("fieldsV1");
        fields.path("f:spec").properties().stream()
                .filter(field -> ROLLOUT.contains(field.getKey()))
                .forEach(field -> claimed.withObject("/f:spec").set(field.getKey(), field.getValue()));
        if (fields.path("f:metadata").path(ANNOTATIONS).has("f:" + Marks.RELEASE)) {
            claimed.withObject("/f:metadata").withObject("/" + ANNOTATIONS).putObject("f:" + Marks.RELEASE);
        }
        return claimed;
    }

    private static void collect(String path, JsonNode theirs, JsonNode ours, List<String> into) {
        theirs.properties().stream()
                .filter(field -> !field.getKey().equals("."))
                .forEach(field ->
                        collect(path + separator(field.getKey()), field.getValue(), ours.path(field.getKey()), into));
        if (theirs.isEmpty() && ours.isMissingNode() && into.size() < ENOUGH) {
            into.add(path.replaceFirst("^f:", ""));
        }
    }

    /** {@code f:image} is a field, <code>k:{"name":"app"}</code> an element of a list. */
    private static String separator(String name) {
        if (name.startsWith("k:{")) {
            return "["
                    + name.substring("k:{".length(), name.length() - 1)
                            .replace("\"", "")
                            .replace(':', '=') + "]";
        }
        return name.startsWith("f:") ? "." + name.substring(2) : "[" + name + "]";
    }
}
