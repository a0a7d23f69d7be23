package io.landfall.config.cli;

import io.landfall.config.Manifest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a snapshot consists of and where it came from; not what is in its files. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a snapshot's manifest.")
final class ShowCommand implements Callable<Integer> {

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
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            Snapshot snapshot = StoredOptions.existing(open.store(), id.orElseThrow());
            lines(snapshot).aligned().forEach(spec.commandLine().getOut()::println);
        }
        return 0;
    }

    private static Lines lines(Snapshot snapshot) {
        Manifest manifest = snapshot.manifest();
        Lines lines = new Lines()
                .add("snapshot", snapshot.id().toString())
                .add("created", manifest.created().toString())
                .add("author", manifest.author())
                .add("comment", manifest.comment())
                .add("digest", snapshot.digest());
        manifest.source().forEach((key, value) -> lines.add("source", key + " = " + value));
        manifest.files().forEach(f -> lines.add("file", String.join("  ", describe(f))));
        return lines;
    }

    /** A hash of a secret file is as good as a guess that can be tried, so it is not shown. */
    static String[] describe(Manifest.Entry file) {
        String size = file.size() + " bytes";
        if (file.secretKeys().isEmpty()) {
            return new String[] {file.name().path(), size, file.sha256()};
        }
        String keys =
                file.secretKeys().contains(SnapshotFile.WHOLE) ? "as a whole" : String.join(", ", file.secretKeys());
        return new String[] {file.name().path(), size, "secret: " + keys};
    }
}
