package io.landfall.config.apollo;

import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does the same for several things side by side, and says all that went wrong. */
final class Together {

    /** So that an application with many namespaces is no burst for Apollo. */
    private static final int MOST_THREADS = 4;

    private final String subject;

    /** @param subject of errors */
    Together(String subject) {
        this.subject = subject;
    }

    /**
     * In the order of the things.
     *
     * @throws ChangedException if nothing but that happened
     * @throws UnavailableException if nothing but that happened
     * @throws SnapshotException otherwise, with everything
     */
    <T, R> List<R> each(List<T> things, Function<T, R> work) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST_THREADS, things.size()), job -> {
            Thread thread = new Thread(job, "landfall-apollo");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return results(threads.invokeAll(things.stream()
                    .map(thing -> (Callable<R>) () -> work.apply(thing))
                    .toList()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    subject, new Violation(subject, "reading was interrupted", "ask again"), null);
        } finally {
            threads.shutdownNow();
        }
    }

    private <R> List<R> results(List<Future<R>> all) throws InterruptedException {
        List<R> results = new ArrayList<>();
        List<SnapshotException> failures = new ArrayList<>();
        for (Future<R> one : all) {
            try {
                results.add(one.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SnapshotException failure)) {
                    throw new IllegalStateException(e.getCause());
                }
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw joined(failures);
        }
        return results;
    }

    private SnapshotException joined(List<SnapshotException> failures) {
        List<Violation> violations =
                failures.stream().flatMap(f -> f.violations().stream()).toList();
        if (failures.stream().allMatch(ChangedException.class::isInstance)) {
            return new ChangedException(one(violations));
        }
        if (failures.stream().allMatch(UnavailableException.class::isInstance)) {
            return new UnavailableException(subject, one(violations), null);
        }
        return new SnapshotException(subject, violations);
    }

    /** What did not happen has one reason; each place is named. */
    private static Violation one(List<Violation> violations) {
        return new Violation(
                joined(violations, Violation::place),
                joined(violations, Violation::problem),
                joined(violations, Violation::remedy));
    }

    private static String joined(List<Violation> violations, Function<Violation, String> part) {
        return violations.stream().map(part).distinct().collect(Collectors.joining(", "));
    }
}
