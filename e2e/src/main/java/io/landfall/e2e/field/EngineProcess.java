package io.landfall.e2e.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code landfall engine} as a process of its own, with the heap that it is promised to need at most. */
public final class EngineProcess implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param url of the API server
     * @param folder where its log goes
     * @param heapMebibytes {@code -Xmx}
     */
    public static EngineProcess start(String url, String namespace, Path folder, int heapMebibytes) {
        try {
            Path kubeconfig = LandfallCli.kubeconfig(url, Files.createDirectories(folder));
            List<String> command = List.of(
                    java("java"),
                    "-Xmx" + heapMebibytes + "m",
                    "-jar",
                    LandfallCli.jar(),
                    "engine",
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "-n",
                    namespace);
            return new EngineProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("engine.log").toFile())
                    .start());
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** What is used of its heap after a collection, in bytes. */
    public long heap() {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd said nothing of the heap");
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    private String jcmd(String what) {
        try {
            Process asked = new ProcessBuilder(java("jcmd"), String.valueOf(process.pid()), what)
                    .redirectErrorStream(true)
                    .start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cannotAsk) {
            throw new UncheckedIOException(cannotAsk);
        }
    }

    static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    /** By SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
