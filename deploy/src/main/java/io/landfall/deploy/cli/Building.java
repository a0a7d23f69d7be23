package io.landfall.deploy.cli;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ImageBuild;
import io.landfall.deploy.cli.ApplicationOptions.Chosen;
import io.landfall.deploy.image.BuildRequest;
import io.landfall.deploy.image.CommandLineBuilder;
import io.landfall.deploy.image.ImageReference;
import io.landfall.deploy.image.ImageTag;
import io.landfall.deploy.image.SourceRevision;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Builds an application's image of what is checked out where its file is. */
record Building(Chosen chosen, Map<String, String> environment, Clock clock) {

    /**
     * What was built.
     *
     * @param commit that it was made of
     */
    record Built(ImageReference image, String commit) {}

    Built build(int number, Consumer<String> output) {
        ImageBuild how = chosen.application()
                .build()
                .orElseThrow(() -> refused("nothing says how its image is built", "write build, or say --image"));
        SourceRevision source = SourceRevision.of(chosen.directory());
        if (source.changed()) {
            throw refused("files differ from the commit " + source.commit(), "commit them: an image says its commit");
        }
        ImageTag tag = ImageTag.of(source.branch(), LocalDate.now(clock), number);
        ImageReference image =
                new ImageReference(chosen.environment().deploy().image(), Optional.of(tag.text()), Optional.empty());
        BuildRequest request = new BuildRequest(
                chosen.directory(),
                image,
                source.commit(),
                chosen.application().modules(),
                Map.of(),
                secrets(how),
                how.deadline());
        return new Built(new CommandLineBuilder(how.steps()).build(request, output), source.commit());
    }

    private Map<String, String> secrets(ImageBuild how) {
        Map<String, String> secrets = new TreeMap<>();
        for (String name : how.secrets()) {
            String value = environment.get(name);
            if (value == null) {
                throw refused("the variable " + name + " is not set", "export it: the build needs it");
            }
            secrets.put(name, value);
        }
        return secrets;
    }

    private RefusedException refused(String problem, String remedy) {
        return new RefusedException(
                List.of(new Violation(chosen.application().source().file(), problem, remedy)));
    }
}
