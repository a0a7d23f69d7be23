package io.landfall.config.cli;

import io.landfall.config.SnapshotPublisher;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Publishes a version. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publishes a version. Again with the same content is once; with other content it is refused.")
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private PublishOptions options = new PublishOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    PublishCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return options.run(spec.commandLine(), environment, SnapshotPublisher::publish);
    }
}
