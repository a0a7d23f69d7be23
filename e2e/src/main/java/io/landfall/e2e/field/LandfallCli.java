package io.landfall.e2e.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code landfall}, called as somebody at a command line calls it. */
public final class LandfallCli {

    private static final String JAR = "deploy-0.1.0-SNAPSHOT-cli.jar";
    private static final int PATIENCE_SECONDS = 90;

    private final Path kubeconfig;
    private final Path folder;

    /**
     * Calls nothing yet.
     *
     * @param url of the API server
     * @param folder where it is called; must be there
     */
    public LandfallCli(String url, Path folder) {
        this.kubeconfig = kubeconfig(url, folder);
        this.folder = folder;
    }

    /**
     * What it ended with.
     *
     * @param exit its code
     * @param text all that it said
     */
    public record Said(int exit, String text) {}

    /** Calls it, and returns when it has ended. */
    public Said say(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(EngineProcess.java("java"), "-Xmx256m", "-jar", jar()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile(folder, "said-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
            builder.environment().put("LANDFALL_USER", "a test");
            return new Said(ended(builder.start()), Files.readString(output));
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    private static int ended(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IllegalStateException("landfall has not ended after " + PATIENCE_SECONDS + " s");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while landfall ran", stopped);
        } finally {
            process.destroyForcibly();
        }
    }

    static String jar() {
        return Path.of(System.getProperty("basedir", "."), "..", "deploy", "target", JAR)
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    /** One that says where the API server is, and not who one is. */
    static Path kubeconfig(String url, Path folder) {
        try {
            return Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: proxy
                    contexts: [{name: proxy, context: {cluster: proxy, user: nobody}}]
                    clusters: [{name: proxy, cluster: {server: "%s"}}]
                    users: [{name: nobody, user: {}}]
                    """.formatted(url));
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }
}
