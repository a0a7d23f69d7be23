package io.landfall.deploy.cli;

import io.landfall.deploy.image.ImageTag;
import io.landfall.deploy.image.SourceRevision;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a tag. */
@Command(
        name = "tag",
        mixinStandardHelpOptions = true,
        description = "Prints the tag of a build: BRANCH-yyyyMMdd-NUMBER, with what no tag may have replaced.")
final class ImageTagCommand implements Callable<Integer> {

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "The branch (default: the one that is checked out here).")
    private @Nullable String branch;

    @Option(names = "--build-number", paramLabel = "N", required = true, description = "Which build of the day.")
    private int number;

    @Mixin
    private OutputOption output = new OutputOption();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    ImageTagCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        String of =
                branch == null ? SourceRevision.of(Path.of("").toAbsolutePath()).branch() : branch;
        ImageTag tag = ImageTag.of(of, LocalDate.now(around.clock()), number);
        spec.commandLine().getOut().println(output.json() ? Errors.node().put("tag", tag.text()) : tag.text());
        return ExitCodes.DONE;
    }
}
