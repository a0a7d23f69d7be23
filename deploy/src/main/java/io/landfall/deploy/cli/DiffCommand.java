package io.landfall.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.config.kubernetes.ConfigMapStore;
import io.landfall.deploy.application.Rollout;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.template.SnapshotMount;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what a release would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Prints each field that a release would change, by the API server's own dry run. Changes nothing.")
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Mixin
    private VersionOptions versions = new VersionOptions();

    @Mixin
    private ConductOptions conduct = new ConductOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    DiffCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Chosen chosen = application.read();
        ImageReference image = versions.image(chosen.environment())
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "say --image"));
        Rollout rollout = chosen.environment().rollout();
        Terms terms = conduct.terms(rollout.batches(), rollout.conduct(), "diff");
        Rendering rendering = new Rendering(chosen, image, versions.commit(), configuration(chosen));
        try (ReleaseDesk desk = around.desks().apply(chosen.place())) {
            print(desk.draft(rendering.request(Flow.FULL, terms)).changes());
        }
        return ExitCodes.DONE;
    }

    private void print(List<String> changes) {
        if (output.json()) {
            ObjectNode json = Errors.node();
            changes.forEach(json.putArray("changes")::add);
            spec.commandLine().getOut().println(OutputOption.pretty(json));
        } else {
            changes.forEach(spec.commandLine().getOut()::println);
        }
    }

    private Optional<SnapshotMount> configuration(Chosen chosen) {
        return versions.config(chosen.environment()).map(version -> {
            try (KubernetesClient client = around.clusters().apply(chosen.place())) {
                return new Configurations(
                                new ConfigMapStore(
                                        client, chosen.environment().place().namespace()),
                                around.environment(),
                                around.clock())
                        .publish(
                                chosen.application().name(),
                                version,
                                chosen.environment().config().orElseThrow(),
                                "",
                                true);
            }
        });
    }
}
