package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whose a Service is, by its labels, and where these say nothing by who wrote it. */
final class Ownership {

    private Ownership() {}

    /** Who else has the Service; empty: nobody. */
    static Optional<String> othersThan(Service desired, Service now) {
        Map<String, String> labels = now.getMetadata().getLabels();
        String manager = labels.get(TrafficTemplate.MANAGED_BY);
        if (manager == null) {
            return Optional.of("was made without Landfall" + writers(now));
        }
        if (!manager.equals(TrafficTemplate.LANDFALL)) {
            return Optional.of("is managed by " + manager + " (label " + TrafficTemplate.MANAGED_BY + ")");
        }
        String application = labels.get(TrafficTemplate.APPLICATION);
        return Objects.equals(application, desired.getMetadata().getLabels().get(TrafficTemplate.APPLICATION))
                ? Optional.empty()
                : Optional.of("belongs to the application " + application);
    }

    private static String writers(Service now) {
        String writers = now.getMetadata().getManagedFields().stream()
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .map(ManagedFieldsEntry::getManager)
                .filter(manager -> manager != null && !manager.equals(TrafficTemplate.LANDFALL))
                .distinct()
                .collect(Collectors.joining(", "));
        return writers.isEmpty() ? "" : ", by " + writers;
    }
}
