package io.landfall.deploy.doctor;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.deploy.cluster.EngineRole;
import io.landfall.deploy.release.StoredOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks at everything that releases in a namespace need. Where one thing cannot be looked at, the others are. */
public final class Doctor {

    private final KubernetesClient client;
    private final String namespace;

    /** For one namespace; the client stays whoever's it is. */
    public Doctor(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Looks at what releases need.
     *
     * @param rules what whoever asks has to be allowed
     */
    public List<Finding> examine(List<EngineRole.Rule> rules) {
        List<Finding> server = look("api-server", new Server(client)::version);
        if (server.stream().anyMatch(finding -> finding.level() == Finding.Level.FAILURE)) {
            return server;
        }
        List<Finding> findings = new ArrayList<>(server);
        findings.addAll(look("api-versions", new Server(client)::versions));
        findings.addAll(look("rights", () -> new Rights(client, namespace).missing(rules)));
        findings.addAll(look("engine", () -> new Engines(client, namespace).leases()));
        return findings;
    }

    /**
     * Looks for what releases left that are dead.
     *
     * @param orders all that the namespace has
     */
    public List<Finding> leftovers(List<StoredOrder> orders) {
        return look("leftovers", () -> new Leftovers(client, namespace).of(orders));
    }

    private static List<Finding> look(String subject, Supplier<List<Finding>> check) {
        try {
            return check.get();
        } catch (KubernetesClientException refused) {
            return List.of(Finding.failure(subject, "cannot be looked at: " + reason(refused), "try it with kubectl"));
        }
    }

    /** Of a connection that did not work, the exception itself says nothing. */
    private static String reason(KubernetesClientException refused) {
        Throwable root = refused;
        while (refused.getStatus() == null && root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
