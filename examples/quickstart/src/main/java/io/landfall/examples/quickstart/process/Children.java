package io.landfall.examples.quickstart.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts child processes and sees to it that none is left.
 *
 * <p>Each child's standard input is a pipe from here. When this process ends, in whatever way, the pipe ends too, and
 * the child, which reads it, goes down with it.
 */
public final class Children implements AutoCloseable {

    private static final Duration KILL_BOUND = Duration.ofSeconds(5);

    private final Path logs;
    private final Path java;
    private final List<Child> started = new ArrayList<>();
    private boolean closed;

    /**
     * Prepares to start children.
     *
     * @param java the executable
     * @param logs a folder for one log per child
     */
    public Children(Path java, Path logs) {
        this.java = java;
        this.logs = logs;
    }

    /** Starts a child whose whole output goes to its log. */
    public Child start(String name, Map<String, String> environment, List<String> arguments) {
        return start(name, environment, arguments, null);
    }

    /**
     * Starts a child whose standard error goes to its log.
     *
     * @param lines is told each line of its standard output, on a thread of its own
     */
    public synchronized Child start(
            String name, Map<String, String> environment, List<String> arguments, @Nullable Consumer<String> lines) {
        if (closed) {
            throw new CannotRunException("Stopped.");
        }
        Path log = logs.resolve(name + ".log");
        try {
            Files.createDirectories(logs);
            Process process =
                    builder(log, environment, arguments, lines == null).start();
            Child child = new Child(name, log, process);
            started.add(child);
            if (lines != null) {
                follow(name, process, lines);
            }
            return child;
        } catch (IOException cannot) {
            throw new CannotRunException("Cannot start " + name + ": " + cannot.getMessage());
        }
    }

    /** Ends all children, and lets no other be started. */
    @Override
    public synchronized void close() {
        closed = true;
        endAll();
    }

    /** Ends all children at once, and does not return before they are gone. */
    public synchronized void endAll() {
        started.forEach(Child::kill);
        started.forEach(child -> child.awaitExit(KILL_BOUND));
        started.clear();
    }

    private ProcessBuilder builder(
            Path log, Map<String, String> environment, List<String> arguments, boolean outputToLog) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
        if (outputToLog) {
            builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        }
        // What Dubbo or Landfall find in the user's own environment must not change what is measured.
        builder.environment().keySet().removeIf(key -> key.startsWith("DUBBO_") || key.startsWith("LANDFALL_"));
        builder.environment().keySet().removeIf(key -> key.startsWith("POD_") || key.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static void follow(String name, Process process, Consumer<String> lines) {
        Thread thread = new Thread(() -> read(process, lines), "output of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines);
        } catch (IOException | java.io.UncheckedIOException gone) {
            // the process has ended
        }
    }
}
