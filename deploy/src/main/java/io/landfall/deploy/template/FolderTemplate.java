package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ApplicationType;
import io.landfall.deploy.yaml.Complaints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A team's own template: manifests with placeholders. */
final class FolderTemplate implements Template {

    private final ApplicationType type;
    private final Map<String, String> manifests;

    /**
     * Looks at the manifests.
     *
     * @param manifests YAML, by the names of their files
     * @throws RefusedException if one is no YAML, or has a placeholder that is nobody's
     */
    FolderTemplate(ApplicationType type, Map<String, String> manifests) {
        this.type = type;
        this.manifests = new TreeMap<>(manifests);
        Set<String> known = new HashSet<>(Placeholders.GIVEN);
        type.parameters().forEach(parameter -> known.add(parameter.name()));
        List<Violation> violations = new ArrayList<>();
        this.manifests.forEach((file, text) -> {
            Complaints complaints = new Complaints(file);
            Placeholders.check(text, known, complaints);
            try {
                complaints.check();
            } catch (RefusedException wrong) {
                violations.addAll(wrong.violations());
            }
        });
        if (!violations.isEmpty()) {
            throw new RefusedException(violations);
        }
    }

    @Override
    public ApplicationType type() {
        return type;
    }

    @Override
    public Rendered render(RenderRequest request) {
        Placeholders placeholders = Placeholders.of(request);
        List<HasMetadata> objects = new ArrayList<>();
        manifests.forEach((file, text) -> objects.addAll(placeholders.objects(file, text)));
        List<HasMetadata> workloads = objects.stream()
                .filter(object -> object.getKind().equals(kind()))
                .toList();
        if (workloads.size() != 1) {
            throw new RefusedException(List.of(new Violation(
                    "template " + type.name(),
                    "its manifests have " + workloads.size() + " objects of kind " + kind(),
                    "have one: it is what a release replaces")));
        }
        objects.removeAll(workloads);
        objects.forEach(object ->
                object.getMetadata().setNamespace(request.environment().place().namespace()));
        return new Rendered(objects, workloads.get(0));
    }

    private String kind() {
        return switch (type.workload()) {
            case DEPLOYMENT -> "Deployment";
            case STATEFUL_SET -> "StatefulSet";
            case CRON_JOB -> "CronJob";
        };
    }
}
