package io.landfall.deploy.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.cluster.EngineRole.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether whoever asks may do what an engine does. */
record Rights(KubernetesClient client, String namespace) {

    List<Finding> missing(List<Rule> rules) {
        List<ResourceAttributes> needed =
                rules.stream().flatMap(rule -> each(rule).stream()).toList();
        List<Finding> missing = needed.stream()
                .filter(one -> !allowed(one))
                .map(one -> Finding.failure(
                        "rights",
                        "may not " + one.getVerb() + " " + name(one),
                        "bind the role that landfall role prints"))
                .toList();
        return missing.isEmpty()
                ? List.of(Finding.ok("rights", needed.size() + " that an engine needs are there"))
                : missing;
    }

    /** One review can ask for one verb of one resource. */
    private List<ResourceAttributes> each(Rule rule) {
        List<ResourceAttributes> all = new ArrayList<>();
        for (String resource : split(rule.resources())) {
            for (String verb : split(rule.verbs())) {
                all.add(attributes(rule.group(), resource, verb));
            }
        }
        return all;
    }

    private static List<String> split(String words) {
        return List.of(words.split(", *"));
    }

    private ResourceAttributes attributes(String group, String resource, String verb) {
        int slash = resource.indexOf('/');
        return new ResourceAttributesBuilder()
                .withNamespace(namespace)
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withVerb(verb)
                .build();
    }

    private boolean allowed(ResourceAttributes one) {
        return Boolean.TRUE.equals(client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withResourceAttributes(one)
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed());
    }

    private static String name(ResourceAttributes one) {
        return one.getResource()
                + suffix("/", one.getSubresource())
                + (one.getGroup().isEmpty() ? "" : " of " + one.getGroup());
    }

    private static String suffix(String before, @Nullable String text) {
        return text == null ? "" : before + text;
    }
}
