package io.landfall.deploy.release;

/**
 * An object as it is applied.
 *
 * @param kind {@code Service}
 * @param name what it is called
 * @param json all of it
 */
public record Manifest(String kind, String name, String json) {

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
