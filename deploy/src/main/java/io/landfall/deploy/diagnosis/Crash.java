package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container that ended though it is to run, or an init container that did not do its work. */
final class Crash {

    /** A run before counts as the reason for this long: a container that was mended is not blamed for ever. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final Pattern BACK_OFF = Pattern.compile("^back-off (\\S+) restarting");
    private static final Pattern BY_PROBE = Pattern.compile("failed (liveness|startup) probe");

    private final Sight sight;
    private final ContainerSight container;
    private final ContainerStateTerminated end;

    private Crash(Sight sight, ContainerSight container, ContainerStateTerminated end) {
        this.sight = sight;
        this.container = container;
        this.end = end;
    }

    static Optional<Trouble> of(Sight sight) {
        return sight.containers().stream()
                .flatMap(container ->
                        ended(sight, container).map(end -> new Crash(sight, container, end).trouble()).stream())
                .findFirst();
    }

    private static Optional<ContainerStateTerminated> ended(Sight sight, ContainerSight container) {
        Optional<ContainerStateTerminated> now = container.terminated();
        if (now.isPresent()) {
            return now.filter(end -> container.runsOn() || exitCode(end) != 0);
        }
        if (container.waitsFor().equals("CrashLoopBackOff")) {
            return container.endedBefore();
        }
        boolean again = container.running().isPresent() && !container.ready();
        return container.endedBefore().filter(end -> again && recently(sight, end));
    }

    private static boolean recently(Sight sight, ContainerStateTerminated end) {
        return Times.parse(end.getFinishedAt())
                .filter(time -> sight.since(time).compareTo(REMEMBERED) < 0)
                .isPresent();
    }

    private Trouble trouble() {
        String sentence = container.name() + " " + howItEnded() + lived() + restarts() + lastWords();
        return sight.trouble(looping() ? Kind.CRASH_LOOP : Kind.CRASH, sentence, remedy());
    }

    private boolean looping() {
        return container.waitsFor().equals("CrashLoopBackOff");
    }

    private String howItEnded() {
        int code = exitCode(end);
        if (outOfMemory()) {
            return "was killed, since it used more memory than its limit" + limit() + " (OOMKilled)";
        }
        Optional<String> probe = failedProbe();
        if (probe.isPresent()) {
            return "was stopped, since its " + probe.get() + " probe failed" + answer(probe.get());
        }
        if ("ContainerCannotRun".equals(end.getReason()) || "StartError".equals(end.getReason())) {
            return "could not be started: " + OneLine.of(end.getMessage() == null ? "" : end.getMessage());
        }
        if (code == 0) {
            return "ended by itself (exit code 0), and is to run on";
        }
        return Signals.name(code)
                .map(signal -> "was ended by " + signal + " (exit code " + code + ")")
                .orElse("ended with exit code " + code);
    }

    private boolean outOfMemory() {
        return "OOMKilled".equals(end.getReason());
    }

    private String limit() {
        return Optional.ofNullable(container.spec().getResources())
                .map(resources -> resources.getLimits())
                .map(limits -> limits.get("memory"))
                .map(memory -> " of " + memory)
                .orElse("");
    }

    /** A probe kills by a signal: one that ended by itself is not blamed on a probe of some run before. */
    private Optional<String> failedProbe() {
        if (Signals.name(exitCode(end)).isEmpty()) {
            return Optional.empty();
        }
        return sight.events(Set.of("Killing"))
                .filter(container::concerns)
                .filter(event -> !Times.of(event).isBefore(begun()))
                .map(event -> BY_PROBE.matcher(event.getMessage()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private Instant begun() {
        return Times.parse(end.getStartedAt()).orElse(Instant.EPOCH);
    }

    private String answer(String kind) {
        return sight.events(Set.of("Unhealthy"))
                .filter(container::concerns)
                .flatMap(event -> ProbeEvent.of(event).stream())
                .filter(event -> event.kind().equals(kind))
                .findFirst()
                .map(event -> ": " + event.words(container.spec()))
                .orElse("");
    }

    private String lived() {
        return Times.parse(end.getStartedAt())
                .flatMap(from -> Times.parse(end.getFinishedAt()).map(to -> Duration.between(from, to)))
                .map(time -> ", " + Times.shown(time) + " after its start")
                .orElse("");
    }

    private String restarts() {
        int restarts = container.restarts();
        String so =
                restarts == 0 ? "" : "; started again " + (restarts == 1 ? "once" : restarts + " times") + " so far";
        Matcher pause = BACK_OFF.matcher(container.message());
        return pause.find() ? so + (so.isEmpty() ? "; " : ", ") + "the next time within " + pause.group(1) : so;
    }

    private String lastWords() {
        if (outOfMemory()) {
            return "";
        }
        return sight.logs()
                .apply(container.run(container.terminated().isEmpty()))
                .or(() -> Optional.ofNullable(end.getMessage()).filter(message -> exitCode(end) != 128))
                .filter(line -> !line.isBlank())
                .map(line -> "; its last words: " + OneLine.quoted(line))
                .orElse("");
    }

    private String remedy() {
        if (outOfMemory()) {
            return "give it a higher limit, or a JVM a smaller heap (-XX:MaxRAMPercentage)";
        }
        if (failedProbe().isPresent()) {
            return "give it more time in the probe, or find out why it does not answer";
        }
        return "show the last words to the application's developers; the whole log: kubectl logs "
                + sight.pod().getMetadata().getName() + " -c "
                + container.spec().getName()
                + (container.terminated().isEmpty() ? " --previous" : "");
    }

    private static int exitCode(ContainerStateTerminated end) {
        return end.getExitCode() == null ? 0 : end.getExitCode();
    }
}
