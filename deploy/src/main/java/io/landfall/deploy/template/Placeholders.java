package io.landfall.deploy.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Nearest;
import io.landfall.deploy.yaml.YamlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Puts values into manifests: {@code ${heap}}, and {@code $${heap}} for those very characters. The YAML is read first and the values come
 * after it, so that none of them can be anything but a value.
 */
final class Placeholders {

    /** What every template is given, beside its parameters. */
    static final List<String> GIVEN =
            List.of("application", "environment", "image", "namespace", "owner", "part-of", "replicas");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> values;

    private Placeholders(Map<String, Object> values) {
        this.values = values;
    }

    static Placeholders of(RenderRequest request) {
        Application application = request.application();
        Environment environment = request.environment();
        Map<String, Object> values = new TreeMap<>(environment.parameters().values());
        values.replaceAll((name, value) -> value instanceof Duration time ? Math.toIntExact(time.toSeconds()) : value);
        values.put("application", application.name());
        values.put("environment", environment.name());
        values.put("image", request.image().toString());
        values.put("namespace", environment.place().namespace());
        values.put("owner", application.owner());
        values.put("part-of", application.partOf());
        values.put("replicas", environment.rollout().replicas());
        return new Placeholders(values);
    }

    /** Complains of placeholders that are nobody's, and of what is no YAML. */
    static void check(String text, Set<String> known, Complaints complaints) {
        for (Node document : YamlText.documents(text, complaints)) {
            new NodeFilling(Map.of()).names(document).forEach((name, line) -> {
                if (!known.contains(name)) {
                    complaints.add(
                            line,
                            "",
                            "'${" + name + "}' is no parameter of this template",
                            Nearest.to(name, known)
                                            .map(near -> "did you mean ${" + near + "}? ")
                                            .orElse("")
                                    + "for these very characters write $${" + name + "}");
                }
            });
        }
    }

    /** The objects of a manifest that was checked. */
    List<HasMetadata> objects(String file, String text) {
        List<HasMetadata> objects = new ArrayList<>();
        for (Node document : YamlText.documents(text, new Complaints(file))) {
            Node filled = new NodeFilling(values).fill(document);
            objects.add(object(file, Fields.lineOf(document), filled));
        }
        return objects;
    }

    private static HasMetadata object(String file, int line, Node filled) {
        String reason = "it has no kind, or no metadata.name";
        try {
            // As JSON, which no two readers take differently.
            String json = JSON.writeValueAsString(new PlainObjects().of(filled));
            if (Serialization.unmarshal(json, KubernetesResource.class) instanceof HasMetadata object
                    && object.getMetadata() != null
                    && object.getMetadata().getName() != null) {
                return object;
            }
        } catch (JsonProcessingException | RuntimeException wrong) {
            reason = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("it cannot be read");
        }
        throw new RefusedException(List.of(new Violation(
                file + ":" + line,
                "this is no object of Kubernetes: " + reason,
                "write apiVersion, kind and metadata")));
    }

    /** Maps, lists, text, numbers and truths. */
    private static final class PlainObjects extends SafeConstructor {

        PlainObjects() {
            super(new LoaderOptions());
        }

        Object of(Node document) {
            return constructDocument(document);
        }
    }
}
