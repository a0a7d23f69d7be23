package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.landfall.deploy.Violation;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.names.NameUses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every name in objects that were rendered, whoever wrote their template. */
final class ObjectNames {

    private static final int LARGEST_ANNOTATIONS = 256 * 1024;

    private final NameUses uses = new NameUses();
    private final List<Violation> violations = new ArrayList<>();

    private ObjectNames() {}

    static List<Violation> check(List<HasMetadata> objects) {
        ObjectNames names = new ObjectNames();
        objects.forEach(names::object);
        names.violations.addAll(0, names.uses.violations());
        return names.violations;
    }

    private void object(HasMetadata object) {
        String place = object.getKind() + " " + object.getMetadata().getName();
        uses.add(place, object.getMetadata().getName(), rule(object.getKind()), "the " + object.getKind());
        metadata(place, object.getMetadata());
        if (object instanceof Service service) {
            service.getSpec().getPorts().stream()
                    .filter(port -> port.getName() != null)
                    .forEach(port -> uses.add(place, port.getName(), NameRule.DNS_LABEL, "a port"));
        }
        if (object instanceof ConfigMap map && map.getData() != null) {
            map.getData().keySet().forEach(key -> uses.add(place, key, NameRule.CONFIG_MAP_KEY, "a key"));
        }
        Pods.template(object).ifPresent(template -> pods(place, template));
    }

    private static NameRule rule(String kind) {
        return switch (kind) {
            case "Service" -> NameRule.SERVICE;
            case "Deployment" -> NameRule.DEPLOYMENT;
            case "StatefulSet" -> NameRule.STATEFUL_SET;
            case "CronJob" -> NameRule.CRON_JOB;
            default -> NameRule.DNS_SUBDOMAIN;
        };
    }

    private void metadata(String place, @Nullable ObjectMeta metadata) {
        if (metadata == null) {
            return;
        }
        orEmpty(metadata.getLabels()).forEach((key, value) -> {
            uses.add(place, key, NameRule.LABEL_KEY, "a label");
            uses.add(place, value, NameRule.LABEL_VALUE, "the label " + key);
        });
        Map<String, String> annotations = orEmpty(metadata.getAnnotations());
        annotations.keySet().forEach(key -> uses.add(place, key, NameRule.ANNOTATION_KEY, "an annotation"));
        int size = annotations.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (size > LARGEST_ANNOTATIONS) {
            violations.add(new Violation(
                    place,
                    "its annotations have " + size + " bytes of at most " + LARGEST_ANNOTATIONS,
                    "put what is large into a ConfigMap"));
        }
    }

    private void pods(String place, PodTemplateSpec template) {
        metadata(place, template.getMetadata());
        PodSpec spec = template.getSpec();
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .forEach(container -> container(place, container));
        spec.getVolumes().forEach(volume -> uses.add(place, volume.getName(), NameRule.DNS_LABEL, "a volume"));
    }

    private void container(String place, Container container) {
        uses.add(place, container.getName(), NameRule.DNS_LABEL, "a container");
        container.getEnv().forEach(variable -> uses.add(place, variable.getName(), NameRule.VARIABLE, "a variable"));
        container.getPorts().stream()
                .filter(port -> port.getName() != null)
                .forEach(port -> uses.add(place, port.getName(), NameRule.PORT_NAME, "a container's port"));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
