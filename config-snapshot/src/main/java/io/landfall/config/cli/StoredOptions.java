package io.landfall.config.cli;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotStore;
import io.landfall.config.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One snapshot of a store. */
final class StoredOptions {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "The application, such as orders.")
    private @Nullable String app;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REVISION",
            description = "A version such as 1.4.2, or a hot revision of it such as 1.4.2.h3.")
    private @Nullable String revision;

    Optional<OpenStore.Way> way(Arguments arguments) {
        return store.way(arguments);
    }

    /** Which; empty where something is wrong with it. */
    Optional<SnapshotId> id(Arguments arguments) {
        Optional<String> ofApp = arguments.required("APP", app);
        Optional<String> which = arguments.required("REVISION", revision);
        return ofApp.isEmpty() || which.isEmpty() ? Optional.empty() : id(ofApp.get(), which.get(), arguments);
    }

    /** An application's name; empty where it is none. */
    static Optional<String> app(@Nullable String app, Arguments arguments) {
        return arguments
                .required("APP", app)
                .flatMap(a -> arguments.read(() -> SnapshotId.of(a, "0").app()));
    }

    static Optional<SnapshotId> id(String app, String revision, Arguments arguments) {
        return arguments.read(() -> SnapshotId.of(app, revision));
    }

    /** @throws SnapshotException if it is not there */
    static Snapshot existing(SnapshotStore store, SnapshotId id) {
        return store.find(id)
                .orElseThrow(() -> new SnapshotException(
                        "Snapshot " + id,
                        List.of(new Violation(
                                store.describe(),
                                "there is no snapshot " + id,
                                "see what there is with: list " + id.app()))));
    }
}
