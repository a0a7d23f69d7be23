package io.landfall.config.cli;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.diff.SnapshotDiff;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares two snapshots of a store. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Shows what a snapshot changes. Secrets are masked; that one changed is shown.")
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private StoredOptions stored = new StoredOptions();

    @Option(
            names = "--against",
            paramLabel = "REVISION",
            description = "Compared with which (default: for a hot revision the one before it, else the version"
                    + " that was published before it).")
    private @Nullable String against;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = stored.way(arguments);
        Optional<SnapshotId> id = stored.id(arguments);
        Optional<SnapshotId> other =
                Optional.ofNullable(against).flatMap(a -> id.flatMap(i -> StoredOptions.id(i.app(), a, arguments)));
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            Snapshot after = StoredOptions.existing(open.store(), id.orElseThrow());
            Optional<Snapshot> before =
                    other.or(() -> before(after.id(), open.store())).map(b -> StoredOptions.existing(open.store(), b));
            print(before, after, spec.commandLine().getOut());
        }
        return 0;
    }

    private static void print(Optional<Snapshot> before, Snapshot after, PrintWriter out) {
        SnapshotDiff diff = SnapshotDiff.between(before, after);
        String from = diff.before().map(b -> b + " -> ").orElse("nothing -> ");
        out.println(from + diff.after() + (diff.isEmpty() ? ": the same files" : ""));
        out.print(diff.render());
        out.flush();
    }

    private static Optional<SnapshotId> before(SnapshotId id, SnapshotStore store) {
        var complete = store.list(id.app()).stream()
                .filter(s -> s.complete() && !s.id().equals(id))
                .toList();
        if (id.isHot()) {
            return complete.stream()
                    .map(StoredSnapshot::id)
                    .filter(s -> s.base().equals(id.base()) && s.hot() < id.hot())
                    .max(Comparator.naturalOrder());
        }
        Optional<StoredSnapshot> own =
                store.list(id.app()).stream().filter(s -> s.id().equals(id)).findFirst();
        return own.flatMap(o -> complete.stream()
                .filter(s -> !s.id().isHot() && s.created().isBefore(o.created()))
                .max(Comparator.comparing(StoredSnapshot::created))
                .map(StoredSnapshot::id));
    }
}
