package io.landfall.deploy.cluster;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the account of an engine, or of somebody at a command line, may do in one namespace: nothing that is not used.
 *
 * @param account whose
 * @param rules all rights, with their reasons
 */
public record EngineRole(String account, List<Rule> rules) {

    /** Carries orders out. */
    public static final EngineRole ENGINE = new EngineRole(
            "landfall-engine",
            List.of(
                    new Rule("apps", "deployments, statefulsets", "get, list, watch, create, patch", "batches"),
                    new Rule("apps", "replicasets", "list, watch", "which pods have which template"),
                    new Rule("", "pods", "list, watch, delete", "ready pods; a broken one that holds up a StatefulSet"),
                    new Rule("", "pods/log", "get", "the last line of a container that ends"),
                    new Rule("", "events", "watch", "why a pod is not there or not ready"),
                    new Rule("", "configmaps", "get, list, watch, create, update, patch", "orders; what pods mount"),
                    new Rule("", "services", "get, create, patch", "what leads to pods, before they are there"),
                    new Rule("networking.k8s.io", "ingresses", "get, create, patch", "what leads to Services"),
                    new Rule("policy", "poddisruptionbudgets", "get, create, patch", "what drains may take away"),
                    new Rule(
                            "autoscaling",
                            "horizontalpodautoscalers",
                            "get, list, watch, patch",
                            "held while a release runs"),
                    new Rule("coordination.k8s.io", "leases", "get, create, update", "which engine acts")));

    /** Makes orders, and says how they go on. A dry run needs the rights of what it tries. */
    public static final EngineRole CLI = new EngineRole(
            "landfall-cli",
            List.of(
                    new Rule(
                            "apps",
                            "deployments, statefulsets",
                            "get, list, watch, create, patch",
                            "dry runs; what is there"),
                    new Rule("apps", "replicasets", "list, watch", "which pods have which template; earlier revisions"),
                    new Rule("apps", "controllerrevisions", "list", "earlier revisions"),
                    new Rule("", "pods", "list, watch", "how far a release is"),
                    new Rule("", "pods/log", "get", "the last line of a container that ends"),
                    new Rule("", "events", "watch", "why a pod is not there or not ready"),
                    new Rule("", "configmaps", "get, list, watch, create, update, patch", "orders; dry runs"),
                    new Rule("", "services", "get, list, create, patch", "dry runs; who has an address already"),
                    new Rule("networking.k8s.io", "ingresses", "get, create, patch", "dry runs"),
                    new Rule("policy", "poddisruptionbudgets", "get, create, patch", "dry runs"),
                    new Rule(
                            "autoscaling", "horizontalpodautoscalers", "list, watch", "who decides the number of pods"),
                    new Rule("coordination.k8s.io", "leases", "get", "whether an engine runs")));

    /** Copies the list. */
    public EngineRole {
        rules = List.copyOf(rules);
    }

    /**
     * A right.
     *
     * @param group of the API; empty: the core
     * @param resources with commas between
     * @param verbs with commas between
     * @param reason what it is used for
     */
    public record Rule(String group, String resources, String verbs, String reason) {

        private String yaml() {
            return """
                      # %s
                      - apiGroups: ["%s"]
                        resources: [%s]
                        verbs: [%s]
                    """.formatted(reason, group, resources, verbs);
        }
    }

    /** ServiceAccount, Role and RoleBinding, to be applied by somebody who may. */
    public String yaml(String namespace) {
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: %1$s
                  namespace: %2$s
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: %1$s
                  namespace: %2$s
                rules:
                %3$s---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  name: %1$s
                  namespace: %2$s
                roleRef:
                  apiGroup: rbac.authorization.k8s.io
                  kind: Role
                  name: %1$s
                subjects:
                  - kind: ServiceAccount
                    name: %1$s
                    namespace: %2$s
                """.formatted(account, namespace, rules.stream().map(Rule::yaml).collect(Collectors.joining()));
    }
}
