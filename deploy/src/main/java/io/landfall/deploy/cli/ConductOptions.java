package io.landfall.deploy.cli;

import io.landfall.deploy.cluster.Terms;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a release goes from batch to batch, where it is to differ from what is written down. */
final class ConductOptions {

    @Option(
            names = {"-b", "--batches"},
            paramLabel = "BATCHES",
            description = "2 batches of equal size, or a list such as 1,25%%,rest.")
    private @Nullable String batches;

    @Option(names = "--manual", negatable = true, description = "A person admits each batch after the first.")
    private @Nullable Boolean manual;

    @Option(names = "--surge", negatable = true, description = "New pods start before old ones stop.")
    private @Nullable Boolean surge;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long a batch runs before the next, such as 30s.")
    private @Nullable Duration soak;

    @Option(
            names = "--batch-deadline",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long a batch may take to become ready, such as 10m.")
    private @Nullable Duration deadline;

    @Option(names = "--back-on-failure", negatable = true, description = "A failure rolls back instead of waiting.")
    private @Nullable Boolean backOnFailure;

    @Option(names = "--take-over", description = "Take fields that others have set: what they set is lost.")
    private boolean takeOver;

    Terms terms(Batches written, Conduct conduct, String author) {
        return new Terms(batches(written), conduct(conduct), author, takeOver);
    }

    private Batches batches(Batches written) {
        return batches == null ? written : Batches.parse(batches);
    }

    private Conduct conduct(Conduct written) {
        return new Conduct(
                choose(surge, Strategy.SURGE, Strategy.STOP_FIRST).orElse(written.strategy()),
                choose(manual, Advance.MANUAL, Advance.AUTOMATIC).orElse(written.advance()),
                Optional.ofNullable(soak).orElse(written.soak()),
                Optional.ofNullable(deadline).orElse(written.batchDeadline()),
                choose(backOnFailure, OnFailure.ROLL_BACK, OnFailure.PAUSE).orElse(written.onFailure()),
                written.gates());
    }

    private static <T> Optional<T> choose(@Nullable Boolean said, T yes, T no) {
        return Optional.ofNullable(said).map(wanted -> wanted ? yes : no);
    }
}
