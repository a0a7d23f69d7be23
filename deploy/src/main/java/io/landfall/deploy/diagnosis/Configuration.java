package io.landfall.deploy.diagnosis;

import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container that cannot be made from what its pod says. */
final class Configuration {

    private static final Map<String, String> REASONS = Map.of(
            "CreateContainerConfigError", "cannot be made",
            "CreateContainerError", "cannot be made",
            "RunContainerError", "cannot be started",
            "PostStartHookError", "is stopped, since its postStart hook failed");
    private static final Pattern PROGRAM = Pattern.compile("exec: \"([^\"]+)\": (.*?)(?:: unknown|$)");

    private Configuration() {}

    static Optional<Trouble> of(Sight sight) {
        return sight.containers().stream()
                .filter(container -> REASONS.containsKey(container.waitsFor()))
                .findFirst()
                .map(container -> trouble(sight, container));
    }

    private static Trouble trouble(Sight sight, ContainerSight container) {
        String message = container.message();
        String cannot = container.name() + " " + REASONS.get(container.waitsFor());
        return MissingObject.in(message)
                .map(missing -> sight.trouble(Kind.CONFIGURATION, cannot + ": " + missing.words(), missing.remedy()))
                .orElseGet(() -> sight.trouble(Kind.CONFIGURATION, cannot + ": " + why(message), remedy(message)));
    }

    private static String why(String message) {
        Matcher program = PROGRAM.matcher(message);
        return program.find()
                ? "it is to run " + OneLine.quoted(program.group(1)) + ", and that says " + OneLine.of(program.group(2))
                : OneLine.of(message);
    }

    private static String remedy(String message) {
        if (message.contains("runAsNonRoot")) {
            return "let the image name a user that is a number and not 0, or set runAsUser";
        }
        return message.contains("exec: ")
                ? "check the command and that the image has it"
                : "mend what the message names, and release again";
    }
}
