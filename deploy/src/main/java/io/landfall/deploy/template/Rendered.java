package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application as objects.
 *
 * @param first what is applied before the workload, in this order: what its pods mount, what leads to them
 * @param workload the pods
 */
public record Rendered(List<HasMetadata> first, HasMetadata workload) {

    /** Copies the list. */
    public Rendered {
        first = List.copyOf(first);
    }

    /** Everything, in the order in which it is applied. */
    public List<HasMetadata> all() {
        return Stream.concat(first.stream(), Stream.of(workload)).toList();
    }

    /** As YAML, a document each. */
    public String toYaml() {
        return all().stream().map(Serialization::asYaml).collect(Collectors.joining());
    }
}
