package io.landfall.config.cli;

import io.landfall.config.SnapshotPublisher;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Publishes what running pods of a version take without a restart. */
@Command(
        name = "publish-hot",
        mixinStandardHelpOptions = true,
        description =
                "Publishes the next hot revision of a version that is there; the running pods of that version follow it.")
final class PublishHotCommand implements Callable<Integer> {

    @Mixin
    private PublishOptions options = new PublishOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    PublishHotCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return options.run(spec.commandLine(), environment, SnapshotPublisher::publishHot);
    }
}
