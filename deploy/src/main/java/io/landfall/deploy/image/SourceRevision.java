package io.landfall.deploy.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What of a repository is built.
 *
 * @param branch as Git names it; {@code HEAD}, if none is checked out
 * @param commit its full id
 * @param changed whether files differ from the commit
 */
public record SourceRevision(String branch, String commit, boolean changed) {

    private static final long SECONDS = 30;
    private static final int ENOUGH = 4096;

    /**
     * Asks Git.
     *
     * @throws BuildFailedException if it does not answer
     */
    public static SourceRevision of(Path directory) {
        return new SourceRevision(
                git(directory, "rev-parse", "--abbrev-ref", "HEAD"),
                git(directory, "rev-parse", "HEAD"),
                !git(directory, "status", "--porcelain", "--untracked-files=no").isEmpty());
    }

    private static String git(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                // A few lines: they fit into the pipe, except for thousands of changed files, and then the first is
                // enough.
                byte[] said = git.getInputStream().readNBytes(ENOUGH);
                boolean ended =
                        said.length == ENOUGH || (git.waitFor(SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0);
                if (ended) {
                    return new String(said, StandardCharsets.UTF_8).strip();
                }
            } finally {
                git.destroyForcibly();
            }
        } catch (IOException missing) {
            throw new BuildFailedException("git cannot be started in " + directory + ": is it installed?");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new BuildFailedException("git " + String.join(" ", arguments) + " fails in " + directory
                + ": name a directory of a repository with a commit");
    }
}
