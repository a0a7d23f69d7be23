package io.landfall.deploy.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Command lines that are known by a word. Each passes the commit on as a label of the image. */
public final class BuildCommands {

    /** What a command line may have in braces. */
    static final List<String> PLACEHOLDERS =
            List.of("image", "tag", "reference", "commit", "modules", "directory", "digest-file");

    private static final String LABEL = ImageTrace.LABEL + "={commit}";

    private static final Map<String, List<List<String>>> KNOWN = new TreeMap<>(Map.of(
            "jib",
            List.of(words("mvn -B -ntp -DskipTests -pl {modules} -am package jib:build -Djib.containerize={modules}"
                    + " -Djib.to.image={reference} -Djib.container.labels=" + LABEL
                    + " -Djib.outputPaths.digest={digest-file}")),
            "docker",
            List.of(words("docker buildx build --push --tag {reference} --label " + LABEL
                    + " --metadata-file {digest-file} {directory}")),
            "buildah",
            List.of(
                    words("buildah build --layers --tag {reference} --label " + LABEL + " {directory}"),
                    words("buildah push --digestfile {digest-file} {reference}")),
            "kaniko",
            List.of(words("/kaniko/executor --context dir://{directory} --destination {reference} --label " + LABEL
                    + " --digest-file {digest-file}"))));

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1));
    }

    private BuildCommands() {}

    /**
     * What is wrong with a word for these modules; empty: nothing. Jib packs one module, and passes over all where it is told
     * another name than one of them has.
     */
    public static Optional<String> objection(String name, List<String> modules) {
        return name.equals("jib") && modules.size() > 1
                ? Optional.of("jib packs one module into an image, and modules names " + modules.size())
                : Optional.empty();
    }

    /** Their words. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /** The command lines of a word. */
    public static Optional<List<List<String>>> find(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }
}
