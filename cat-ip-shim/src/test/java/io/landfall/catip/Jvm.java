package io.landfall.catip;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A Java that programs are run with: this one, and those that {@code LANDFALL_JAVA_HOMES} names, with colons between.
 *
 * @param home where it is
 */
record Jvm(Path home) {

    static final Path AGENT = Path.of(Objects.requireNonNull(System.getProperty("agent.jar"), "agent.jar"));

    private static final Path SOURCES = Path.of(Objects.requireNonNull(System.getProperty("programs"), "programs"));
    private static final Path CLASSES = compiled();
    private static final Path RUNS = folder("runs");

    static Stream<Jvm> all() {
        String others = Objects.requireNonNullElse(System.getenv("LANDFALL_JAVA_HOMES"), "");
        Stream<String> homes = Stream.concat(Stream.of(System.getProperty("java.home")), Stream.of(others.split(":")));
        return homes.filter(home -> !home.isBlank()).distinct().map(home -> new Jvm(Path.of(home)));
    }

    /** The JVM option, for a file and with more options. */
    static String agent(Path file, String... more) {
        return agent(AGENT, file, more);
    }

    static String agent(Path jar, Path file, String... more) {
        List<String> options = new ArrayList<>(List.of("file=" + file, "wait=0s"));
        options.addAll(List.of(more));
        return "-javaagent:" + jar + "=" + String.join(",", options);
    }

    /** Runs a program to its end. */
    Ended run(List<String> options, String program, String... arguments) {
        return start(Map.of(), options, program, arguments).end();
    }

    /** Starts a program; a {@code CLASSPATH} among the variables comes after the programs' own. */
    Running start(Map<String, String> environment, List<String> options, String program, String... arguments) {
        try {
            Path out = Files.createTempFile(RUNS, "out", null);
            Path err = Files.createTempFile(RUNS, "err", null);
            List<String> command =
                    new ArrayList<>(List.of(home.resolve("bin/java").toString()));
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(options);
            command.add("io.landfall.catip.programs." + program);
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            Map<String, String> variables = builder.environment();
            variables
                    .keySet()
                    .removeAll(Set.of(
                            "CLASSPATH",
                            "LANDFALL_EIP_FILE",
                            "JAVA_TOOL_OPTIONS",
                            "JDK_JAVA_OPTIONS",
                            "_JAVA_OPTIONS"));
            variables.putAll(environment);
            variables.merge("CLASSPATH", CLASSES.toString(), (own, programs) -> programs + File.pathSeparator + own);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String name) {
        try {
            return Files.createDirectories(AGENT.resolveSibling(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As bytecode of Java 8, like all that CAT is. */
    private static Path compiled() {
        try (Stream<Path> files = Files.walk(SOURCES.resolve("io/landfall/catip/programs"))) {
            Path classes = folder("programs");
            List<String> arguments =
                    new ArrayList<>(List.of("--release", "8", "-Xlint:-options", "-d", classes.toString()));
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
            int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (status != 0) {
                throw new IllegalStateException("the programs of the tests do not compile");
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return home.toString();
    }

    /**
     * A program that runs.
     *
     * @param process that it is
     * @param out what it has printed
     * @param err what it has complained about
     */
    record Running(Process process, Path out, Path err) {

        Ended end() {
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("still runs after 60 s; it said " + errors());
                }
                return new Ended(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw new IllegalStateException(e);
            }
        }

        String errors() {
            try {
                return Files.readString(err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * A program that ran.
     *
     * @param status it ended with
     * @param out lines it printed
     * @param err lines it complained in
     */
    record Ended(int status, List<String> out, List<String> err) {}
}
