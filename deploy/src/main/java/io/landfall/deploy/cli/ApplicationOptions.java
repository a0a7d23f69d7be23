package io.landfall.deploy.cli;

import io.landfall.deploy.application.Application;
import io.landfall.deploy.application.Environment;
import io.landfall.deploy.application.file.ApplicationFile;
import io.landfall.deploy.template.Templates;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which application, and for which environment. */
final class ApplicationOptions {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = ApplicationFile.NAME,
            description = "The application (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of(ApplicationFile.NAME);

    @Option(
            names = {"-e", "--environment"},
            required = true,
            paramLabel = "NAME",
            description = "The environment, as the file names it.")
    private String environment = "";

    /**
     * What was chosen.
     *
     * @param directory of the file
     */
    record Chosen(Application application, Environment environment, Path directory, Templates templates) {

        Place place() {
            return new Place(
                    environment.place().kubeconfig(),
                    environment.place().context(),
                    Optional.of(environment.place().namespace()));
        }
    }

    Chosen read() {
        // The file says where a team's own templates are; the last that was asked for is the one that it uses.
        TemplatesOfFile templates = new TemplatesOfFile();
        Application application = ApplicationFile.read(file, templates::in);
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        return new Chosen(application, application.environment(environment), directory, templates.used());
    }

    /** Remembers which templates a file was read with. */
    private static final class TemplatesOfFile {

        private Optional<Templates> used = Optional.empty();

        Templates in(Optional<Path> directory) {
            Templates templates = Templates.in(directory);
            used = Optional.of(templates);
            return templates;
        }

        Templates used() {
            return used.orElseGet(Templates::standard);
        }
    }
}
