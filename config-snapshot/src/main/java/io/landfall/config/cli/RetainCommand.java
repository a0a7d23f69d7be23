package io.landfall.config.cli;

import io.landfall.config.References;
import io.landfall.config.Retention;
import io.landfall.config.SnapshotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which snapshots stay and why, and removes the rest if it is told to. */
@Command(
        name = "retain",
        mixinStandardHelpOptions = true,
        description = "Says which snapshots of an application nobody needs any more; with --apply, deletes them.")
final class RetainCommand implements Callable<Integer> {

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "APP", description = "The application, such as orders.")
    private @Nullable String app;

    @Option(
            names = "--keep",
            paramLabel = "NUMBER",
            defaultValue = "10",
            description = "How many versions stay that nothing names (default: ${DEFAULT-VALUE}).")
    private String keep = "";

    @Option(
            names = "--youth",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "For how long everything stays (default: ${DEFAULT-VALUE}).")
    private String youth = "";

    @Option(
            names = "--in-use",
            paramLabel = "REVISION",
            description = "One that stays, beside those that the cluster names; repeatable.")
    private List<String> inUse = new ArrayList<>();

    @Option(names = "--apply", description = "Deletes; else it only says what would be done.")
    private boolean apply;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = store.way(arguments);
        Optional<String> name = StoredOptions.app(app, arguments);
        int newest = arguments.count("--keep", keep);
        Duration young = arguments.duration("--youth", youth);
        List<SnapshotId> named = new ArrayList<>();
        name.ifPresent(n -> inUse.forEach(r -> StoredOptions.id(n, r, arguments).ifPresent(named::add)));
        arguments.check(spec.commandLine());
        try (OpenStore open = way.orElseThrow().open()) {
            Retention retention = new Retention(newest, young);
            References references = with(named, open.references());
            print(
                    apply
                            ? retention.apply(open.store(), references, name.orElseThrow())
                            : retention.plan(open.store(), references, name.orElseThrow()));
        }
        return 0;
    }

    private void print(List<Retention.Decision> decisions) {
        Lines lines = new Lines();
        String gone = apply ? "deleted" : "delete";
        decisions.forEach(
                d -> lines.add(d.keep() ? "keep" : gone, d.snapshot().id().revision(), d.reason()));
        var out = spec.commandLine().getOut();
        lines.aligned().forEach(out::println);
        if (!apply && decisions.stream().anyMatch(d -> !d.keep())) {
            out.println("nothing was deleted: add --apply");
        }
    }

    private static References with(List<SnapshotId> named, References others) {
        return app -> {
            Map<SnapshotId, SortedSet<String>> all = new HashMap<>(others.of(app));
            named.forEach(id -> {
                SortedSet<String> names = new TreeSet<>(all.getOrDefault(id, new TreeSet<>()));
                names.add("--in-use");
                all.put(id, names);
            });
            return all;
        };
    }
}
