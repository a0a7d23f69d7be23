package io.landfall.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.image.ImageTag;
import io.landfall.deploy.image.ImageTrace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says where an image comes from. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = "Says which image a workload runs, and of which branch, build and commit it was made.")
final class ImageTraceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "WORKLOAD", description = "A Deployment or StatefulSet, such as orders.")
    private String workload = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    ImageTraceCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        try (KubernetesClient client = around.clusters().apply(place.read())) {
            print(trace(client));
        }
        return ExitCodes.DONE;
    }

    private ImageTrace trace(KubernetesClient client) {
        Deployment deployment = client.apps().deployments().withName(workload).get();
        if (deployment != null) {
            return trace(deployment, deployment.getSpec().getTemplate());
        }
        StatefulSet set = client.apps().statefulSets().withName(workload).get();
        if (set != null) {
            return trace(set, set.getSpec().getTemplate());
        }
        throw new RefusedException(List.of(
                new Violation(workload, "there is no such Deployment or StatefulSet", "-n says another namespace")));
    }

    private static ImageTrace trace(HasMetadata object, PodTemplateSpec template) {
        Map<String, String> annotations = new HashMap<>();
        Optional.ofNullable(object.getMetadata().getAnnotations()).ifPresent(annotations::putAll);
        return ImageTrace.of(template.getSpec().getContainers().get(0).getImage(), annotations);
    }

    private void print(ImageTrace trace) {
        if (output.json()) {
            ObjectNode json = Errors.node();
            json.put("image", trace.image());
            json.put("branch", trace.tag().map(ImageTag::branch).orElse(null));
            json.put("date", trace.tag().map(tag -> tag.date().toString()).orElse(null));
            json.put("build", trace.tag().map(ImageTag::build).orElse(null));
            json.put("commit", trace.commit().orElse(null));
            spec.commandLine().getOut().println(OutputOption.pretty(json));
            return;
        }
        String tag = trace.tag()
                .map(one -> ", build " + one.build() + " of " + one.branch() + " on " + one.date())
                .orElse("");
        spec.commandLine()
                .getOut()
                .println(trace.image()
                        + tag
                        + trace.commit().map(id -> ", commit " + id).orElse(", of an unknown commit"));
    }
}
