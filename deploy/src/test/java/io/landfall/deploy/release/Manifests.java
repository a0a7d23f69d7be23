package io.landfall.deploy.release;

import io.landfall.deploy.release.WorkloadView.Fields;
import java.util.Optional;

/** Revisions as the model of a cluster understands them: the name of a template, and what a release changes. */
final class Manifests {

    private Manifests() {}

    static Target.Revision revision(String template, int replicas, Fields fields) {
        String json = String.join(
                " ", template, fields.maxSurge(), fields.maxUnavailable(), String.valueOf(fields.partition()));
        return new Target.Revision(
                new Manifest("Workload", "orders", json),
                "registry/orders:" + template,
                Optional.empty(),
                replicas,
                fields.minReadySeconds());
    }

    static String template(Target.Revision revision) {
        return parts(revision)[0];
    }

    static Fields fields(Target.Revision revision) {
        String[] parts = parts(revision);
        return new Fields(revision.minReadySeconds(), parts[1], parts[2], Integer.parseInt(parts[3]), false);
    }

    private static String[] parts(Target.Revision revision) {
        return revision.manifest().json().split(" ", -1);
    }
}
