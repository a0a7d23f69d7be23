package io.landfall.config.cli;

import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotPublisher;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the last hot revision back. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = "Makes the running pods of a version follow the revision before the live one.")
final class UndoCommand implements Callable<Integer> {

    @Mixin
    private StoredOptions stored = new StoredOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = stored.way(arguments);
        Optional<SnapshotId> id = stored.id(arguments);
        id.filter(SnapshotId::isHot)
                .ifPresent(hot -> arguments.complain("REVISION is the hot revision " + hot.revision()
                        + ": name its version, " + hot.base().revision()));
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            SnapshotId live = new SnapshotPublisher(open.store()).undo(id.orElseThrow());
            spec.commandLine().getOut().println("live is " + live);
        }
        return 0;
    }
}
