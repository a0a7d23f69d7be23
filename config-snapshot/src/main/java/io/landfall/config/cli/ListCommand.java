package io.landfall.config.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.landfall.config.SnapshotId;
import io.landfall.config.StoredSnapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a store has of an application. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists an application's snapshots.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "The application, such as orders.")
    private @Nullable String app;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = store.way(arguments);
        Optional<String> name = StoredOptions.app(app, arguments);
        output.check(arguments);
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            List<StoredSnapshot> stored = open.store().list(name.orElseThrow());
            print(stored, spec.commandLine().getOut());
        }
        return 0;
    }

    private void print(List<StoredSnapshot> stored, PrintWriter out) {
        if (output.json()) {
            OutputOption.print(json(stored), out);
            return;
        }
        Lines lines = new Lines().add("REVISION", "CREATED", "STATE", "LIVE");
        stored.forEach(s -> lines.add(
                s.id().revision(),
                s.created().toString(),
                s.complete() ? "complete" : "incomplete",
                s.live().map(SnapshotId::revision).orElse("")));
        lines.aligned().forEach(out::println);
    }

    private static ArrayNode json(List<StoredSnapshot> stored) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (StoredSnapshot snapshot : stored) {
            json.addObject()
                    .put("app", snapshot.id().app())
                    .put("revision", snapshot.id().revision())
                    .put("created", snapshot.created().toString())
                    .put("complete", snapshot.complete())
                    .put("live", snapshot.live().map(SnapshotId::revision).orElse(null));
        }
        return json;
    }
}
