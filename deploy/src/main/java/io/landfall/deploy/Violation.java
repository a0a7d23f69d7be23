package io.landfall.deploy;

/**
 * One thing that is wrong.
 *
 * @param place where: {@code instances.yaml:12 row 3, column ip}, {@code StatefulSet cat}
 * @param problem what is wrong, without any value that may be a secret
 * @param remedy what to do
 */
public record Violation(String place, String problem, String remedy) {

    @Override
    public String toString() {
        return place + ": " + problem + "; " + remedy;
    }
}
