package io.landfall.deploy.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which image.
 *
 * @param repository with its registry: {@code registry.example.com:5000/shop/orders}
 * @param tag empty: none is named
 * @param digest {@code sha256:…}, which no tag outranks; empty: none is named
 */
public record ImageReference(String repository, Optional<String> tag, Optional<String> digest) {

    /** As {@code distribution/reference} has it, and shorter than 255 characters. */
    private static final Pattern FORM = Pattern.compile("(?<repository>"
            + "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,252}[a-zA-Z0-9])?(?::[0-9]{1,5})?/)?"
            + "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)"
            + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
            + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    private static final int LONGEST = 512;

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ImageReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no image such as registry.example.com/shop/orders:1.4.2");
        }
        return new ImageReference(
                matcher.group("repository"),
                Optional.ofNullable(matcher.group("tag")),
                Optional.ofNullable(matcher.group("digest")));
    }

    /**
     * Reads one that has neither tag nor digest.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static String repository(String text) {
        ImageReference image = parse(text);
        if (image.tag().isPresent() || image.digest().isPresent()) {
            throw new IllegalArgumentException("'" + text + "' names a version, which a release does");
        }
        return image.repository();
    }

    @Override
    public String toString() {
        return repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
