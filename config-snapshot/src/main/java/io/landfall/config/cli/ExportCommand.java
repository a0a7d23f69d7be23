package io.landfall.config.cli;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a snapshot's files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes a snapshot's files into an empty directory, those with secrets readable for their owner only.")
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private StoredOptions stored = new StoredOptions();

    @Option(names = "--to", paramLabel = "DIRECTORY", description = "Where to; it is empty, or not there yet.")
    private @Nullable String to;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = stored.way(arguments);
        Optional<SnapshotId> id = stored.id(arguments);
        Optional<Path> directory =
                arguments.required("--to", to).flatMap(t -> arguments.read(() -> OpenStore.path("--to", t)));
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            Snapshot snapshot = StoredOptions.existing(open.store(), id.orElseThrow());
            new Export(directory.orElseThrow()).write(snapshot);
            spec.commandLine().getOut().println("exported " + snapshot);
        }
        return 0;
    }
}
