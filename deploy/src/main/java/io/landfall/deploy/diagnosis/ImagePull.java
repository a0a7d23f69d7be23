package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An image that cannot be had. */
final class ImagePull {

    private static final Set<String> REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed",
            "ErrImageNotEnsured");

    private ImagePull() {}

    static Optional<Trouble> of(Sight sight) {
        return sight.containers().stream()
                .filter(container -> REASONS.contains(container.waitsFor()))
                .findFirst()
                .map(container -> trouble(sight, container));
    }

    private static Trouble trouble(Sight sight, ContainerSight container) {
        String image = container.spec().getImage();
        return switch (container.waitsFor()) {
            case "InvalidImageName" ->
                sight.trouble(
                        Kind.IMAGE,
                        "\"" + image + "\" is no image's name",
                        "write it as registry/name:tag, in small letters");
            case "ErrImageNeverPull" ->
                sight.trouble(
                        Kind.IMAGE,
                        "image " + image + " is not on" + node(sight)
                                + " and may not be pulled (imagePullPolicy Never)",
                        "load it onto the node, or let it be pulled");
            default -> pull(sight, container, image);
        };
    }

    private static Trouble pull(Sight sight, ContainerSight container, String image) {
        RegistryAnswer answer = RegistryAnswer.of(said(sight, container), image);
        return sight.trouble(
                Kind.IMAGE,
                "image " + image + " cannot be pulled" + (answer.words().isEmpty() ? "" : ": " + answer.words()),
                answer.remedy());
    }

    /** While it waits, 1.20 has only "Back-off pulling image" in the status; the event still has the reason. */
    private static String said(Sight sight, ContainerSight container) {
        return Stream.concat(
                        Stream.of(container.message()),
                        sight.events(Set.of("Failed", "InspectFailed"))
                                .filter(container::concerns)
                                .map(Event::getMessage))
                .map(RegistryAnswer::withoutPreface)
                .filter(message -> !message.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String node(Sight sight) {
        return sight.node().map(name -> " node " + name).orElse(" the node");
    }
}
