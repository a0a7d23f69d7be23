package io.landfall.deploy.application.file;

import io.landfall.deploy.application.ImageBuild;
import io.landfall.deploy.image.BuildCommands;
import io.landfall.deploy.image.CommandLineBuilder;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads how an image is built: {@code with} a word that is known, or in {@code steps}. */
final class BuildReading {

    private static final String WITH = "with";
    private static final String STEPS = "steps";
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final Complaints complaints;

    BuildReading(Complaints complaints) {
        this.complaints = complaints;
    }

    Optional<ImageBuild> read(Fields application, List<String> modules) {
        return application.mapping("build").flatMap(fields -> build(fields, modules));
    }

    private Optional<ImageBuild> build(Fields fields, List<String> modules) {
        boolean own = fields.has(STEPS);
        boolean known = fields.has(WITH);
        List<List<String>> steps = own ? steps(fields) : known(fields, modules);
        if (own == known) {
            fields.refuse(
                    own ? STEPS : WITH,
                    own ? "is there beside with" : "is missing, and so is steps",
                    "name one of the two");
        }
        Duration deadline = fields.optional("deadline")
                .flatMap(value -> value.read(Formats::duration, "write one such as 30m"))
                .orElse(DEADLINE);
        List<String> secrets = new ArrayList<>();
        fields.words("secrets").forEach(word -> word.read(Formats::variable, "name variables, and not what they hold")
                .ifPresent(secrets::add));
        fields.end();
        return steps.isEmpty() ? Optional.empty() : Optional.of(new ImageBuild(steps, deadline, secrets));
    }

    private static List<List<String>> known(Fields fields, List<String> modules) {
        Optional<Value> with = fields.optional(WITH);
        with.ifPresent(value -> BuildCommands.objection(value.text(), modules)
                .ifPresent(
                        problem -> value.refuse(problem, "name the one that is run: what it needs is built with it")));
        return with.flatMap(value -> value.read(
                        text -> BuildCommands.find(text)
                                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is unknown")),
                        "known are " + String.join(", ", BuildCommands.names())))
                .orElse(List.of());
    }

    private List<List<String>> steps(Fields fields) {
        List<List<String>> steps = new ArrayList<>();
        for (Node item : fields.items(STEPS)) {
            try {
                List<String> words = words(item);
                CommandLineBuilder.check(words);
                steps.add(words);
            } catch (IllegalArgumentException wrong) {
                complaints.add(
                        Fields.lineOf(item),
                        fields.where(STEPS),
                        String.valueOf(wrong.getMessage()),
                        "write [mvn, package, \"-Djib.to.image={reference}\"]");
            }
        }
        return steps;
    }

    private static List<String> words(Node item) {
        if (!(item instanceof SequenceNode sequence)
                || sequence.getValue().stream().anyMatch(word -> !(word instanceof ScalarNode))) {
            throw new IllegalArgumentException("a step is no list of words");
        }
        return sequence.getValue().stream()
                .map(word -> ((ScalarNode) word).getValue())
                .toList();
    }
}
