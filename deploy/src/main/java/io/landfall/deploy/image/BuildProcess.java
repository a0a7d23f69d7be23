package io.landfall.deploy.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of a builder. */
final class BuildProcess {

    private static final int LAST_LINES = 20;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BuildRequest request;
    private final List<String> arguments;
    private final Instant end;
    private final Consumer<String> output;
    private final Blots blots;
    private final Deque<String> last = new ArrayDeque<>();

    BuildProcess(BuildRequest request, List<String> arguments, Instant end, Consumer<String> output) {
        this.request = request;
        this.arguments = arguments;
        this.end = end;
        this.output = output;
        this.blots = new Blots(request.secrets().values());
    }

    void run() {
        Process process = start();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(process), BuildProcess::onThread);
        try {
            if (!process.waitFor(Duration.between(Instant.now(), end).toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                awaitLastLines(reading);
                throw failed("took longer than " + request.deadline().toSeconds() + " s, and was ended");
            }
            awaitLastLines(reading);
            if (process.exitValue() != 0) {
                throw failed("ended with " + process.exitValue());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } finally {
            end(process);
        }
    }

    /** A process that it left behind may hold the pipe open for ever. */
    private static void awaitLastLines(CompletableFuture<Void> reading) {
        reading.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(request.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().putAll(request.environment());
        builder.environment().putAll(request.secrets());
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new BuildFailedException("The image " + request.image() + " was not built: '" + arguments.get(0)
                    + "' cannot be started in " + request.directory() + ". Is it installed, and the directory there?");
        }
    }

    private void read(Process process) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                // Cut first, a half of a secret would stay.
                String blotted = blots.out(line);
                said(blotted.length() > LONGEST_LINE ? blotted.substring(0, LONGEST_LINE) : blotted);
            }
        } catch (IOException ended) {
            said("(its output ended: " + ended.getMessage() + ")");
        }
    }

    private void said(String line) {
        synchronized (last) {
            if (last.size() == LAST_LINES) {
                last.removeFirst();
            }
            last.addLast(line);
        }
        output.accept(line);
    }

    private BuildFailedException failed(String how) {
        synchronized (last) {
            return new BuildFailedException("The image " + request.image() + " was not built: '" + arguments.get(0)
                    + "' " + how + ". It said at last:\n" + String.join("\n", last));
        }
    }

    /** With all that it has started. */
    private static void end(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void onThread(Runnable reading) {
        Thread thread = new Thread(reading, "landfall-build-output");
        thread.setDaemon(true);
        thread.start();
    }
}
