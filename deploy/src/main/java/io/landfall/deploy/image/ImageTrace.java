package io.landfall.deploy.image;

import java.util.Map;
import java.util.Optional;

/**
 * Where an image that runs comes from.
 *
 * @param image that runs
 * @param tag what its tag says; empty: it is not one of ours
 * @param commit that it was made of; empty: nobody wrote it down
 */
public record ImageTrace(String image, Optional<ImageTag> tag, Optional<String> commit) {

    /** On the workload: the commit of its image. */
    public static final String COMMIT = "landfall.io/commit";

    /** On the image: the same. */
    public static final String LABEL = "org.opencontainers.image.revision";

    /**
     * What a workload tells.
     *
     * @param annotations of the workload
     */
    public static ImageTrace of(String image, Map<String, String> annotations) {
        return new ImageTrace(image, tagOf(image), Optional.ofNullable(annotations.get(COMMIT)));
    }

    private static Optional<ImageTag> tagOf(String image) {
        try {
            return ImageReference.parse(image).tag().flatMap(ImageTag::parse);
        } catch (IllegalArgumentException unusual) {
            return Optional.empty();
        }
    }
}
