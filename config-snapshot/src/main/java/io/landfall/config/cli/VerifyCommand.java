package io.landfall.config.cli;

import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.StoredSnapshot;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads snapshots and compares every byte with their manifests. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies snapshots of an application: those named, or all. Names all that do not verify.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "The application, such as orders.")
    private @Nullable String app;

    @Parameters(index = "1..*", paramLabel = "REVISION", description = "Which; all if none is named.")
    private List<String> revisions = new ArrayList<>();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = store.way(arguments);
        Optional<String> name = StoredOptions.app(app, arguments);
        List<SnapshotId> named = new ArrayList<>();
        name.ifPresent(
                n -> revisions.forEach(r -> StoredOptions.id(n, r, arguments).ifPresent(named::add)));
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            List<SnapshotId> which = named.isEmpty() ? all(open.store(), name.orElseThrow()) : named;
            verify(which, open.store(), spec.commandLine().getOut());
        }
        return 0;
    }

    /** What an interrupted publisher left is nothing that could be loaded. */
    private static List<SnapshotId> all(SnapshotStore store, String app) {
        return store.list(app).stream()
                .filter(StoredSnapshot::complete)
                .map(StoredSnapshot::id)
                .toList();
    }

    private static void verify(List<SnapshotId> which, SnapshotStore store, PrintWriter out) {
        List<Violation> violations = new ArrayList<>();
        for (SnapshotId id : which) {
            try {
                out.println("verified " + StoredOptions.existing(store, id));
            } catch (UnavailableException e) {
                throw e;
            } catch (SnapshotException e) {
                e.violations()
                        .forEach(v -> violations.add(new Violation(id + ", " + v.place(), v.problem(), v.remedy())));
            }
        }
        out.flush();
        if (!violations.isEmpty()) {
            throw new SnapshotException("Verification", violations);
        }
    }
}
