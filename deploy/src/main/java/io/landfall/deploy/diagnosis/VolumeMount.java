package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pod whose volumes cannot be mounted. */
final class VolumeMount {

    private static final Pattern MULTI_ATTACH = Pattern.compile("^Multi-Attach error for volume \"([^\"]+)\" (.*)$");
    private static final Pattern FAILED = Pattern.compile(
            "^(?:MountVolume\\.\\w+|AttachVolume\\.\\w+) failed for volume \"([^\"]+)\" ?: (.*)$", Pattern.DOTALL);
    private static final Pattern UNMOUNTED = Pattern.compile("unmounted volumes=\\[([^\\]]*)\\]");

    private VolumeMount() {}

    static Optional<Trouble> of(Sight sight) {
        if (!Sandbox.beingMade(sight)) {
            return Optional.empty();
        }
        List<Event> events =
                sight.events(Set.of("FailedMount", "FailedAttachVolume")).toList();
        // The kubelet says every two minutes that something is late, which would hide what.
        return events.stream()
                .filter(event -> !UNMOUNTED.matcher(event.getMessage()).find())
                .filter(event -> !event.getMessage().contains("not registered"))
                .findFirst()
                .or(() -> events.stream().findFirst())
                .map(event -> trouble(sight, event.getMessage()));
    }

    private static Trouble trouble(Sight sight, String message) {
        Matcher failed = FAILED.matcher(message);
        String volume = failed.matches() ? "volume " + failed.group(1) + " cannot be mounted: " : "";
        return MissingObject.in(message)
                .map(missing -> sight.trouble(Kind.CONFIGURATION, volume + missing.words(), missing.remedy()))
                .orElseGet(() -> other(sight, message, failed, volume));
    }

    private static Trouble other(Sight sight, String message, Matcher failed, String volume) {
        Matcher twice = MULTI_ATTACH.matcher(message);
        if (twice.matches()) {
            return sight.trouble(
                    Kind.VOLUME,
                    "volume " + twice.group(1) + " is still in use on another node",
                    "wait until the other pod is gone; a volume for one node (ReadWriteOnce) cannot be shared");
        }
        Matcher late = UNMOUNTED.matcher(message);
        if (late.find()) {
            return sight.trouble(
                    Kind.VOLUME,
                    "volume " + late.group(1).replace(" ", ", ") + " is not mounted yet" + sight.onNode(),
                    "wait some minutes, then ask whoever runs the cluster's storage");
        }
        return sight.trouble(
                Kind.VOLUME,
                volume + OneLine.of(failed.matches() ? failed.group(2) : message),
                "ask whoever runs the cluster's storage");
    }
}
