package io.landfall.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would be different in an object, field by field. Values of Secrets are not shown. */
public final class Difference {

    /** What the server writes by itself. */
    private static final Set<String> SERVERS_OWN = Set.of(
            "metadata.managedFields",
            "metadata.resourceVersion",
            "metadata.generation",
            "metadata.uid",
            "metadata.creationTimestamp",
            "status");

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final int LONGEST = 120;

    private final List<String> lines = new ArrayList<>();
    private final boolean secret;

    private Difference(boolean secret) {
        this.secret = secret;
    }

    /**
     * Compares two.
     *
     * @param now null if it is not there
     */
    public static List<String> of(@Nullable HasMetadata now, HasMetadata then) {
        String name = then.getKind() + " " + then.getMetadata().getName();
        if (now == null) {
            return List.of("+ " + name);
        }
        Difference difference = new Difference(then instanceof Secret);
        difference.compare("", tree(now), tree(then));
        return difference.lines.stream().map(line -> "~ " + name + ": " + line).toList();
    }

    private static JsonNode tree(HasMetadata object) {
        return SERIALIZATION.convertValue(object, JsonNode.class);
    }

    private void compare(String path, @Nullable JsonNode now, @Nullable JsonNode then) {
        if (SERVERS_OWN.contains(path) || (now == null ? then == null : now.equals(then))) {
            return;
        }
        if (now != null && then != null && now.isObject() && then.isObject()) {
            Set<String> names = new TreeSet<>();
            now.fieldNames().forEachRemaining(names::add);
            then.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path.isEmpty() ? name : path + "." + name, now.get(name), then.get(name)));
        } else if (now != null && then != null && now.isArray() && then.isArray() && now.size() == then.size()) {
            for (int i = 0; i < now.size(); i++) {
                compare(path + "[" + i + "]", now.get(i), then.get(i));
            }
        } else {
            lines.add(path + ": " + shown(now) + " -> " + shown(then));
        }
    }

    private String shown(@Nullable JsonNode value) {
        if (value == null) {
            return "nothing";
        }
        String text = secret ? "(hidden)" : value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
