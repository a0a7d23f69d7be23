package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ApplicationType.Workload;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.template.RenderRequest;
import io.landfall.deploy.template.RenderRequest.Served;
import io.landfall.deploy.template.Rendered;
import io.landfall.deploy.template.SnapshotMount;
import java.util.List;
import java.util.Optional;

/** An application with an image and a configuration, as objects. */
record Rendering(Chosen chosen, ImageReference image, Optional<String> commit, Optional<SnapshotMount> snapshot) {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** For whoever asks what does not depend on the image. */
    static Rendering ofAnyImage(Chosen chosen) {
        String repository = chosen.environment().deploy().image();
        ImageReference any = new ImageReference(repository, Optional.of("any"), Optional.empty());
        return new Rendering(chosen, any, Optional.empty(), Optional.empty());
    }

    Rendered rendered(Served served) {
        return chosen.templates()
                .render(new RenderRequest(chosen.application(), chosen.environment(), image, commit, snapshot, served));
    }

    /** As something to order a release of. */
    Request.Release request(Flow flow, Terms terms) {
        Workload kind = chosen.application().type().workload();
        if (kind == Workload.CRON_JOB) {
            throw new RefusedException(List.of(new Violation(
                    chosen.application().name(),
                    "it is a cron job, and has no pods to release in batches",
                    "landfall render prints it, for kubectl apply")));
        }
        Rendered rendered = rendered(Served.CURRENT);
        WorkloadName name = new WorkloadName(
                kind == Workload.DEPLOYMENT ? Kind.DEPLOYMENT : Kind.STATEFUL_SET,
                chosen.environment().place().namespace(),
                rendered.workload().getMetadata().getName());
        return new Request.Release(
                flow,
                name,
                manifest(rendered.workload()),
                rendered.first().stream().map(Rendering::manifest).toList(),
                terms);
    }

    private static Manifest manifest(HasMetadata object) {
        return new Manifest(object.getKind(), object.getMetadata().getName(), SERIALIZATION.asJson(object));
    }
}
