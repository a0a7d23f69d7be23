package io.landfall.examples.quickstart.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Java process that this job started. */
public final class Child {

    private final String name;
    private final Path log;
    private final Process process;

    Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** What the job calls it. */
    public String name() {
        return name;
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** False once it has ended, for whatever reason. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as a kubelet does: SIGTERM. */
    public void terminate() {
        if (!process.supportsNormalTermination()) {
            throw new CannotRunException("This system cannot send SIGTERM, so there is nothing to show.");
        }
        // Process.destroy() would close its standard input as well, which tells a child to end at once.
        process.toHandle().destroy();
    }

    /** Ends it at once: SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Writes a line to its standard input; a process that is gone no longer minds. */
    public void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException gone) {
            // whoever needs it alive checks that
        }
    }

    /** Ends its standard input. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // then it has ended already
        }
    }

    /** Waits for its end; false if it still runs after the bound. */
    public boolean awaitExit(Duration bound) {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("Interrupted while waiting for " + name + " to end.");
        }
    }

    /** Its exit code; only after it has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Fails the job if it has ended though nobody asked it to. */
    public void requireAlive() {
        if (!isAlive()) {
            throw new CannotRunException(
                    name + " ended by itself with exit code " + exitCode() + "; its log is " + log + ".");
        }
    }
}
