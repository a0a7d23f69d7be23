package io.landfall.deploy.application;

import java.time.Duration;
import java.util.List;

/**
 * How an image is built: by command lines, one after the other.
 *
 * @param steps each a command with its arguments, with placeholders: {@code {image}}, {@code {tag}}, {@code {reference}}, {@code {commit}}, {@code {modules}},
 *     {@code {directory}}, {@code {digest-file}}
 * @param deadline after which it is given up
 * @param secrets variables of whoever builds that hold secrets: they are passed on, and never shown
 */
public record ImageBuild(List<List<String>> steps, Duration deadline, List<String> secrets) {

    /** Copies the lists. */
    public ImageBuild {
        steps = steps.stream().map(List::copyOf).toList();
        secrets = List.copyOf(secrets);
    }
}
