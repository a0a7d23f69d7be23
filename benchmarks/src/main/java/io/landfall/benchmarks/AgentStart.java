package io.landfall.benchmarks;

import io.landfall.catip.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Measures what cat-ip-shim adds to the start of a JVM, writes it down, and exits with 1 if a promise is broken.
 *
 * <p>Usage: {@code mvn -B -ntp -Pbenchmarks}, or {@code java -cp ... io.landfall.benchmarks.AgentStart [folder]} with the agent's
 * jar on the class path. Linux only.
 */
public final class AgentStart {

    static final int STARTS = 10;
    static final int ROUNDS = 5;
    static final String FILE = "eip";
    static final String BASELINE_JAR = "set-property.jar";
    private static final String PROGRAM_JAR = "program.jar";

    private final Path folder;
    private final Path agent;

    private AgentStart(Path folder, Path agent) {
        this.folder = folder;
        this.agent = agent;
    }

    /** Runs all of it. */
    public static void main(String[] args) throws IOException, URISyntaxException, InterruptedException {
        Path results = Files.createDirectories(Path.of(args.length > 0 ? args[0] : "results"));
        Path agent = Path.of(
                Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(agent)) {
            throw new IllegalStateException(agent + " is no jar: build cat-ip-shim up to its phase package first");
        }
        StartCosts costs = new AgentStart(Files.createTempDirectory("agent-start"), agent).measure();
        Results.Machine machine = Results.Machine.thisOne();
        Files.writeString(results.resolve("agent-start.json"), costs.json(machine));
        Files.writeString(results.resolve("agent-start.md"), costs.markdown(machine));
        System.out.println(costs.markdown(machine));
        System.exit(costs.broken().isEmpty() ? 0 : 1);
    }

    private StartCosts measure() throws IOException, InterruptedException {
        Files.writeString(folder.resolve(FILE), "203.0.113.10\n");
        jar(PROGRAM_JAR, EmptyMain.class);
        jar(BASELINE_JAR, SetProperty.class);
        Map<StartKind, List<Long>> millis = new EnumMap<>(StartKind.class);
        for (StartKind kind : StartKind.values()) {
            start(kind);
            millis.put(kind, new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<StartKind, List<Long>> kind : millis.entrySet()) {
                kind.getValue().add(starts(kind.getKey()));
            }
        }
        return new StartCosts(millis);
    }

    private long starts(StartKind kind) throws IOException, InterruptedException {
        long before = ChildCpu.millis();
        for (int i = 0; i < STARTS; i++) {
            start(kind);
        }
        return ChildCpu.millis() - before;
    }

    private void start(StartKind kind) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(kind.options(folder, agent));
        command.addAll(List.of("-cp", folder.resolve(PROGRAM_JAR).toString(), EmptyMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("did not run: " + command);
        }
    }

    private void jar(String name, Class<?> type) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", type.getName());
        String file = type.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(folder.resolve(name));
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + file), file)) {
            jar.putNextEntry(new JarEntry(file));
            in.transferTo(jar);
        }
    }
}
