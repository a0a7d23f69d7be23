package io.landfall.deploy.image;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Hides secrets in what others print. */
final class Blots {

    /** A secret of one or two characters would blot out everything. */
    private static final int SHORTEST = 3;

    private final List<String> secrets;

    Blots(Collection<String> secrets) {
        // The longest first: one may be part of another.
        this.secrets = secrets.stream()
                // Output comes line by line, and one that was read from a file ends with a line break.
                .flatMap(String::lines)
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String out(String line) {
        String blotted = line;
        for (String secret : secrets) {
            blotted = blotted.replace(secret, "***");
        }
        return blotted;
    }
}
