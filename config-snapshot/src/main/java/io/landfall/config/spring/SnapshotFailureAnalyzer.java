package io.landfall.config.spring;

import io.landfall.config.SnapshotException;
import io.landfall.config.Violation;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints all that is wrong with a snapshot, and what to do, in place of a stack trace. */
final class SnapshotFailureAnalyzer extends AbstractFailureAnalyzer<SnapshotException> {

    SnapshotFailureAnalyzer() {}

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SnapshotException cause) {
        String subject = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        String what = cause.violations().stream()
                .map(v -> "  - " + v.place() + ": " + v.problem())
                .collect(Collectors.joining("\n", subject + "\n\n", ""));
        String remedy = cause.violations().stream()
                .map(Violation::remedy)
                .distinct()
                .map(r -> "  - " + r)
                .collect(Collectors.joining("\n", "One of these, for each of them:\n\n", ""));
        return new FailureAnalysis(what, remedy, cause);
    }
}
