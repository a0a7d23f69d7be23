package io.landfall.config.cli;

import io.landfall.config.ConfigurationSource;
import io.landfall.config.FileCheck;
import io.landfall.config.Publication;
import io.landfall.config.PublishRequest;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotPublisher;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What both ways to publish are told, and do alike. */
final class PublishOptions {

    @Mixin
    private StoredOptions stored = new StoredOptions();

    @Mixin
    private SourceOptions from = new SourceOptions();

    @Mixin
    private CheckOptions checks = new CheckOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--author", paramLabel = "NAME", description = "Who publishes (default: who is logged in).")
    private @Nullable String author;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why.")
    private String comment = "";

    @Option(names = "--against", paramLabel = "REVISION", description = "What to show the difference to.")
    private @Nullable String against;

    @Option(names = "--dry-run", description = "Checks everything and shows the difference, but writes nothing.")
    private boolean dryRun;

    int run(
            CommandLine command,
            Map<String, String> environment,
            BiFunction<SnapshotPublisher, PublishRequest, Publication> how) {
        Arguments arguments = new Arguments();
        Optional<OpenStore.Way> way = stored.way(arguments);
        Optional<ConfigurationSource> source = from.source(arguments, environment);
        FileCheck check = checks.check(arguments);
        output.check(arguments);
        Optional<PublishRequest> request = stored.id(arguments)
                .flatMap(id -> source.flatMap(s -> arguments.read(() -> PublishRequest.of(id, s))))
                .flatMap(r -> against(r, arguments));
        arguments.check(command);
        try (OpenStore open = way.orElseThrow().open()) {
            SnapshotPublisher publisher =
                    new SnapshotPublisher(open.store(), check, checks.marker(), Clock.systemUTC());
            Publication publication = how.apply(publisher, request.orElseThrow());
            new PublicationReport(publication, open.objectsOf(publication.snapshot()))
                    .print(output.json(), command.getOut());
        }
        return 0;
    }

    private Optional<PublishRequest> against(PublishRequest request, Arguments arguments) {
        String who = author == null ? System.getProperty("user.name", "") : author;
        PublishRequest whole = request.by(Lines.plain(who), Lines.plain(comment));
        PublishRequest asked = dryRun ? whole.asDryRun() : whole;
        if (against == null) {
            return Optional.of(asked);
        }
        Optional<SnapshotId> other = StoredOptions.id(request.id().app(), against, arguments);
        return other.map(asked::comparedWith);
    }
}
