package io.landfall.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The script that keeps a Kubernetes on this machine; see its {@code help}. */
public final class ClusterScript {

    private static final Logger log = LoggerFactory.getLogger(ClusterScript.class);

    /** Building Kubernetes from source, the first time, takes about five minutes on two cores. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Path script;

    ClusterScript(Path script) {
        this.script = script;
    }

    /** The one of this checkout. */
    static ClusterScript ofThisModule() {
        return new ClusterScript(Path.of(System.getProperty("basedir", "."), "cluster", "cluster")
                .toAbsolutePath()
                .normalize());
    }

    /** Starts what does not run yet, and builds what there is nothing of. */
    void up() {
        log.info("{}", run("up"));
    }

    void down() {
        log.info("{}", run("down"));
    }

    Path kubeconfig() {
        return Path.of(run("kubeconfig").strip());
    }

    void loadImage(Path tar) {
        log.info("{}", run("load-image", tar.toString()));
    }

    /** Where the cluster's own components write. */
    Path logs() {
        return kubeconfig().resolveSibling("logs");
    }

    /** Ends one of Kubernetes' own processes, such as {@code kubelet} or {@code apiserver}. */
    public void stop(String component) {
        log.info("{}", run("stop-component", component));
    }

    /** Starts it again; for the API server, returns when it answers. */
    public void start(String component) {
        log.info("{}", run("start-component", component));
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        try {
            return run(command);
        } catch (IOException cannotRun) {
            throw new IllegalStateException("cannot run " + command, cannotRun);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, interrupted);
        }
    }

    /** By way of a file: a pipe would be held open by whatever the script leaves running. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("landfall-cluster", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("gave up on " + command + ": " + Files.readString(output));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        command + " ended with " + process.exitValue() + ": " + Files.readString(output));
            }
            return Files.readString(output).strip();
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
