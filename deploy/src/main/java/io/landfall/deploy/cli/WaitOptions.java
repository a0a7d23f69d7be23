package io.landfall.deploy.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether somebody looks on. */
final class WaitOptions {

    @Option(
            names = {"-w", "--wait"},
            description = {
                "Follow it until it ends or needs a person.",
                "Where no engine runs, this process is the engine meanwhile."
            })
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long to wait, such as 10m or 90s (default: no limit). The release goes on without us.")
    private @Nullable Duration timeout;

    @Option(names = "--plain", description = "Lines also in a terminal, one for each change.")
    private boolean plain;

    boolean wanted() {
        return wait;
    }

    boolean plain() {
        return plain;
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }
}
