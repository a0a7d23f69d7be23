package io.landfall.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.examples.load.LoadProcess;
import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.Progress;
import io.landfall.examples.quickstart.process.Await;
import io.landfall.examples.quickstart.process.CannotRunException;
import io.landfall.examples.quickstart.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that call: started, listened to, stopped, and asked for their books. */
final class Consumers {

    private static final int NUMBER = 2;
    private static final int RECENT_SECONDS = 5;
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    /** Longer than a consumer waits for its stragglers. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Child> processes = new ArrayList<>();
    private final List<Path> reports = new ArrayList<>();
    private final Map<Integer, Deque<Progress>> progress = new ConcurrentHashMap<>();

    /** Starts them and returns once all of them call. */
    static Consumers start(Launcher launcher, RunName run, String registry, Path folder) throws IOException {
        Consumers consumers = new Consumers();
        for (int number = 1; number <= NUMBER; number++) {
            consumers.add(launcher, run, registry, number, folder.resolve(run.of("consumer-" + number) + ".json"));
        }
        consumers.awaitFirstCalls();
        return consumers;
    }

    private void add(Launcher launcher, RunName run, String registry, int number, Path report) throws IOException {
        Files.deleteIfExists(report);
        reports.add(report);
        processes.add(launcher.consumer(run, registry, number, report, line -> note(number, line)));
    }

    private void awaitFirstCalls() {
        for (int number = 1; number <= NUMBER; number++) {
            int which = number;
            Child process = processes.get(number - 1);
            Await.until("the first call of " + process.name() + " (log: " + process.log() + ")", START_BOUND, () -> {
                process.requireAlive();
                return progress.containsKey(which);
            });
        }
    }

    /** Fails if one of them is gone. */
    void requireAlive() {
        processes.forEach(Child::requireAlive);
    }

    /** Ends the load, waits for the stragglers, and returns one report of each. */
    List<LoadReport> stop() throws IOException {
        processes.forEach(process -> process.tell("stop"));
        List<LoadReport> books = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            requireGoodEnd(processes.get(i));
            books.add(JSON.readValue(reports.get(i).toFile(), LoadReport.class));
        }
        return books;
    }

    /** Where the load stands. */
    Standing standing() {
        Collection<Progress> last =
                progress.values().stream().map(Consumers::lastOf).toList();
        return new Standing(
                last.stream().mapToLong(Progress::sent).sum(),
                last.stream().mapToLong(Progress::lost).sum(),
                last.stream().mapToInt(Progress::inFlight).sum(),
                recentAnswers());
    }

    private Map<String, Long> recentAnswers() {
        Map<String, Long> answers = new TreeMap<>();
        for (Deque<Progress> recent : progress.values()) {
            synchronized (recent) {
                recent.forEach(second -> second.providers().forEach((name, n) -> answers.merge(name, n, Long::sum)));
            }
        }
        return answers;
    }

    private static Progress lastOf(Deque<Progress> recent) {
        synchronized (recent) {
            return recent.getLast();
        }
    }

    private void note(int number, String line) {
        if (!line.startsWith("{")) {
            // A JVM that has something to say says it on standard output.
            return;
        }
        Progress now = parse(line);
        Deque<Progress> recent = new ArrayDeque<>(List.of(now));
        Deque<Progress> known = progress.putIfAbsent(number, recent);
        if (known != null) {
            synchronized (known) {
                known.addLast(now);
                if (known.size() > RECENT_SECONDS) {
                    known.removeFirst();
                }
            }
        }
    }

    private static Progress parse(String line) {
        try {
            return JSON.readValue(line, Progress.class);
        } catch (JsonProcessingException strange) {
            throw new IllegalStateException("A consumer said what is no progress: " + line, strange);
        }
    }

    private static void requireGoodEnd(Child process) {
        if (!process.awaitExit(STOP_BOUND)) {
            throw new CannotRunException("Gave up after " + STOP_BOUND.toSeconds() + " s waiting for the end of "
                    + process.name() + " (log: " + process.log() + ").");
        }
        if (process.exitCode() == LoadProcess.MISCOUNTED) {
            throw new CannotRunException(process.name() + " lost count of its calls; see " + process.log() + ".");
        }
        if (process.exitCode() != 0) {
            throw new CannotRunException(
                    process.name() + " ended with exit code " + process.exitCode() + "; see " + process.log() + ".");
        }
    }

    /**
     * Where the load stands.
     *
     * @param recent answers of the last seconds, by provider
     */
    record Standing(long calls, long lost, int inFlight, Map<String, Long> recent) {}
}
