package io.landfall.config.cli;

import io.landfall.config.ConfigurationSource;
import io.landfall.config.FileCheck;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at a source alone; no store is needed, so that it can run where configuration is reviewed. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with a configuration, or which of its keys are secret. Writes nothing.")
final class CheckCommand implements Callable<Integer> {

    private static final SnapshotId NOBODY = SnapshotId.of("check", "0");

    @Mixin
    private SourceOptions from = new SourceOptions();

    @Mixin
    private CheckOptions checks = new CheckOptions();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    CheckCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        Optional<ConfigurationSource> source = from.source(arguments, environment);
        FileCheck check = checks.check(arguments);
        arguments.check(spec.commandLine());
        List<SnapshotFile> files = source.orElseThrow().read().files().stream()
                .map(checks.marker()::mark)
                .toList();
        Snapshot checked = checked(files, check, source.get().describe());
        Lines lines = new Lines();
        checked.manifest().files().forEach(f -> lines.add(ShowCommand.describe(f)));
        lines.aligned().forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private static Snapshot checked(List<SnapshotFile> files, FileCheck check, String place) {
        List<Violation> violations = new ArrayList<>(check.checkTogether(files));
        try {
            Snapshot snapshot = Snapshot.builder(NOBODY).files(files).build();
            if (violations.isEmpty()) {
                return snapshot;
            }
        } catch (SnapshotException e) {
            violations.addAll(e.violations());
        }
        throw new SnapshotException(place, violations);
    }
}
