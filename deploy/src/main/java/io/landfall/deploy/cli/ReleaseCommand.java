package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.config.kubernetes.ConfigMapStore;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.Rollout;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.cli.Building.Built;
import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.template.SnapshotMount;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Orders a release. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = {
            "Orders a release of an application: image, configuration, online.",
            "  landfall release -f landfall.yaml -e test --image main-20261123-4 --wait"
        })
final class ReleaseCommand implements Callable<Integer> {

    @Mixin
    private ApplicationOptions application = new ApplicationOptions();

    @Mixin
    private VersionOptions versions = new VersionOptions();

    @Option(
            names = "--flow",
            paramLabel = "FLOW",
            defaultValue = "full",
            description = {
                "full: builds the image if none is named, publishes the configuration, goes online.",
                "image: builds. config: publishes. online: releases what is there (default: ${DEFAULT-VALUE})."
            })
    private Flow flow = Flow.FULL;

    @Option(names = "--build-number", paramLabel = "N", defaultValue = "1", description = "Of an image that is built.")
    private int buildNumber = 1;

    @Mixin
    private ConductOptions conduct = new ConductOptions();

    @Mixin
    private AuthorOption author = new AuthorOption();

    @Option(names = "--dry-run", description = "Print batches, changes and what is refused, and do nothing.")
    private boolean dryRun;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    ReleaseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (flow == Flow.ROLLBACK) {
            throw new ParameterException(spec.commandLine(), "to go back, say landfall rollback");
        }
        Chosen chosen = application.read();
        return switch (flow) {
            case IMAGE -> image(chosen);
            case CONFIG -> config(chosen);
            default -> online(chosen);
        };
    }

    private int image(Chosen chosen) {
        if (dryRun) {
            throw new ParameterException(spec.commandLine(), "--dry-run builds no image, so there is nothing to show");
        }
        PrintWriter out = spec.commandLine().getOut();
        Built built = build(chosen);
        out.println(
                output.json()
                        ? Errors.node().put("image", built.image().toString()).put("commit", built.commit())
                        : built.image());
        return ExitCodes.DONE;
    }

    private int config(Chosen chosen) {
        SnapshotMount mount = configuration(chosen)
                .orElseThrow(() -> refused(chosen, "it has no configuration of Landfall's", "write config"));
        spec.commandLine()
                .getOut()
                .println(
                        output.json()
                                ? Errors.node().put("config", mount.id()).put("dryRun", dryRun)
                                : (dryRun ? "would publish " : "published ") + mount.id());
        return ExitCodes.DONE;
    }

    private int online(Chosen chosen) throws InterruptedException {
        Optional<ImageReference> named = versions.image(chosen.environment());
        if (named.isEmpty() && (dryRun || flow == Flow.ONLINE)) {
            throw new ParameterException(spec.commandLine(), "say --image: nothing is built here");
        }
        Rollout rollout = chosen.environment().rollout();
        Terms terms = conduct.terms(rollout.batches(), rollout.conduct(), author.read(around.environment()));
        versions.config(chosen.environment());
        Request.Release tried = Rendering.ofAnyImage(chosen).request(flow, terms);
        requireRows(chosen);
        try (ReleaseDesk desk = around.desks().apply(chosen.place())) {
            // Half an hour of building is no way to hear of it.
            desk.cluster()
                    .order(tried.workload())
                    .filter(order -> order.outcome().isEmpty())
                    .ifPresent(running -> {
                        throw Placing.taken(tried.workload());
                    });
            Optional<Built> built = named.isEmpty() ? Optional.of(build(chosen)) : Optional.empty();
            ImageReference image = named.orElseGet(() -> built.orElseThrow().image());
            Rendering rendering = new Rendering(
                    chosen, image, versions.commit().or(() -> built.map(Built::commit)), configuration(chosen));
            return new Placing(around, spec, output, waiting).place(desk, rendering.request(flow, terms), dryRun);
        }
    }

    private void requireRows(Chosen chosen) {
        chosen.environment().instances().ifPresent(table -> {
            try (KubernetesClient client = around.clusters().apply(chosen.place())) {
                new Rows(table, chosen.environment().place().namespace()).requireApplied(client);
            }
        });
    }

    private Built build(Chosen chosen) {
        PrintWriter err = spec.commandLine().getErr();
        return new Building(chosen, around.environment(), around.clock()).build(buildNumber, err::println);
    }

    private Optional<SnapshotMount> configuration(Chosen chosen) {
        Optional<String> version = versions.config(chosen.environment());
        if (version.isEmpty()) {
            return Optional.empty();
        }
        String name = chosen.application().name();
        try (KubernetesClient client = around.clusters().apply(chosen.place())) {
            Configurations configurations = new Configurations(
                    new ConfigMapStore(client, chosen.environment().place().namespace()),
                    around.environment(),
                    around.clock());
            return Optional.of(
                    flow == Flow.ONLINE
                            ? configurations.published(name, version.get())
                            : configurations.publish(
                                    name,
                                    version.get(),
                                    chosen.environment().config().orElseThrow(),
                                    author.read(around.environment()),
                                    dryRun));
        }
    }

    private static RefusedException refused(Chosen chosen, String problem, String remedy) {
        return new RefusedException(
                List.of(new Violation(chosen.application().source().file(), problem, remedy)));
    }
}
