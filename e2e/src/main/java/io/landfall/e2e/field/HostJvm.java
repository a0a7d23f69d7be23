package io.landfall.e2e.field;

import io.landfall.e2e.cluster.Images;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Java process outside the cluster. It ends when this process does: its input ends then. */
final class HostJvm implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "-Xms32m",
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true",
            "-Ddubbo.application.logger=slf4j",
            // apache/dubbo#15747: on JDK 25 Dubbo 3.3.6 trips over the JSON libraries that are not there.
            "-Ddubbo.json-framework.prefer=fastjson2",
            // Of the load driver, which keeps standard output for itself.
            "-Dlog.connections=INFO",
            "-Dlogback.configurationFile=logback.xml");

    private final String name;
    private final Process process;
    private final Thread reader;

    private HostJvm(String name, Process process, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        reader = new Thread(() -> read(lines), "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process.
     *
     * @param folder where its log goes, which is what it writes to standard error
     * @param landfall whether it has Landfall, the same files as the image; otherwise it is stock Dubbo
     * @param lines is given each line of its standard output
     */
    static HostJvm start(
            String name,
            Path folder,
            boolean landfall,
            Class<?> main,
            List<String> arguments,
            Map<String, String> environment,
            Consumer<String> lines) {
        return start(name, folder, classPath(landfall), List.of(), main.getName(), arguments, environment, lines);
    }

    /** The same with a class path of its own, as {@code java -cp} takes it, and more for the JVM. */
    static HostJvm start(
            String name,
            Path folder,
            String classPath,
            List<String> more,
            String main,
            List<String> arguments,
            Map<String, String> environment,
            Consumer<String> lines) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(more);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(Files.createDirectories(folder)
                            .resolve(name + ".log")
                            .toFile());
            builder.environment().putAll(environment);
            return new HostJvm(name, builder.start(), lines);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException("cannot start " + name, cannotStart);
        }
    }

    /** What this process has, and perhaps Landfall. */
    static String classPath(boolean landfall) {
        String stock = System.getProperty("java.class.path");
        return landfall ? stock + File.pathSeparator + Images.landfallInThisBuild() + "/*" : stock;
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended with exit code " + process.exitValue());
        }
    }

    /** Asks it to end, as the kubelet does. Java's own way to do that also closes what the process writes. */
    void sigterm() {
        try {
            Process kill = new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill says " + kill.exitValue() + " for " + name);
            }
        } catch (IOException noSuchCommand) {
            throw new UncheckedIOException(noSuchCommand);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ending " + name, interrupted);
        }
    }

    /** Ends by itself or not at all. */
    void awaitEnd(Duration bound) {
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " has not ended within " + bound);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, interrupted);
        }
    }

    void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(name + " does not listen", gone);
        }
    }

    /**
     * Waits for its end.
     *
     * @throws IllegalStateException if it does not end in time, or not with 0
     */
    void awaitGoodEnd(Duration bound) {
        try {
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(name + " did not end well within " + bound + ": " + process);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
                lines.accept(line);
            }
        } catch (IOException ended) {
            // whoever needs it alive checks that
        }
    }
}
