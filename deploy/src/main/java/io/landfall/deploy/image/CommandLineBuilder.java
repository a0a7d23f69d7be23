package io.landfall.deploy.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds by command lines, one after the other, each argument of which may have placeholders. There is no shell: no value becomes a
 * second argument. For several threads.
 *
 * <p>{@code {image}} is the repository, {@code {tag}} the tag, {@code {reference}} both; {@code {commit}}, {@code {modules}} (with commas)
 * and {@code {directory}} are the request's. {@code {digest-file}} is a file for the digest, if the builder writes one. An argument whose
 * placeholder has nothing to say is left out, and so is an option before it that stands alone: {@code -pl {modules}}.
 */
public final class CommandLineBuilder implements ImageBuilder {

    private static final Logger log = LoggerFactory.getLogger(CommandLineBuilder.class);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
    /** Alone in its file, or as buildx writes it among other things. */
    private static final Pattern DIGEST = Pattern.compile(
            "\\s*(?<alone>sha256:[0-9a-f]{64})\\s*|(?s).*\"containerimage\\.digest\":\\s*\"(?<among>sha256:[0-9a-f]{64})\".*");

    private static final String DIGEST_FILE = "{digest-file}";

    private final List<List<String>> steps;

    /**
     * With command lines of one's own, or those of {@link BuildCommands}.
     *
     * @throws IllegalArgumentException if there is none, or one has a placeholder that is unknown
     */
    public CommandLineBuilder(List<List<String>> steps) {
        this.steps = steps.stream().map(List::copyOf).toList();
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("there is no command");
        }
        this.steps.forEach(CommandLineBuilder::check);
    }

    /**
     * Says whether a command line can be used.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static void check(List<String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("there is no command");
        }
        for (String argument : command) {
            PLACEHOLDER.matcher(argument).results().forEach(found -> {
                if (!BuildCommands.PLACEHOLDERS.contains(found.group(1))) {
                    throw new IllegalArgumentException("'" + found.group() + "' is unknown: known are "
                            + String.join(", ", BuildCommands.PLACEHOLDERS));
                }
            });
        }
    }

    @Override
    public ImageReference build(BuildRequest request, Consumer<String> output) {
        Path digestFile = temporary();
        try {
            log.info("Building {}", request);
            Instant end = Instant.now().plus(request.deadline());
            for (List<String> step : steps) {
                new BuildProcess(request, arguments(step, request, digestFile), end, output).run();
            }
            ImageReference image = request.image();
            Optional<String> digest = digest(digestFile);
            if (digest.isEmpty() && steps.stream().flatMap(List::stream).anyMatch(word -> word.contains(DIGEST_FILE))) {
                throw new BuildFailedException(
                        "The image " + image + " was not built: the builder ended well, and wrote"
                                + " no digest of anything that it pushed");
            }
            ImageReference built = new ImageReference(image.repository(), image.tag(), digest.or(image::digest));
            log.info("Built {}", built);
            return built;
        } finally {
            delete(digestFile);
        }
    }

    private static List<String> arguments(List<String> step, BuildRequest request, Path digestFile) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "image", request.image().repository(),
                "tag", request.image().tag().orElse("latest"),
                "reference",
                        request.image().repository() + ":"
                                + request.image().tag().orElse("latest"),
                "commit", request.commit(),
                "modules", String.join(",", request.modules()),
                "directory", request.directory().toAbsolutePath().toString(),
                "digest-file", digestFile.toString()));
        List<String> arguments = new ArrayList<>();
        for (String argument : step) {
            String filled = filled(argument, values);
            if (filled.isEmpty() && !argument.isEmpty()) {
                dropOption(arguments);
            } else {
                arguments.add(filled);
            }
        }
        return arguments;
    }

    private static void dropOption(List<String> arguments) {
        int last = arguments.size() - 1;
        if (last > 0 && arguments.get(last).startsWith("-")) {
            arguments.remove(last);
        }
    }

    private static String filled(String argument, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(argument)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }

    private static Optional<String> digest(Path file) {
        try {
            Matcher matcher = DIGEST.matcher(Files.readString(file));
            return matcher.matches()
                    ? Optional.ofNullable(matcher.group("alone")).or(() -> Optional.of(matcher.group("among")))
                    : Optional.empty();
        } catch (IOException unreadable) {
            log.warn("The digest of the image cannot be read: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("landfall-image", ".digest");
        } catch (IOException full) {
            throw new BuildFailedException("There is no room for a temporary file: " + full);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            log.debug("{} is left behind: {}", file, left.toString());
        }
    }
}
