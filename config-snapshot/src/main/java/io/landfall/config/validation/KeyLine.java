package io.landfall.config.validation;

/**
 * A value of a file, and where it is.
 *
 * @param key in dots where the file nests, with {@code [0]} for what a list has; not unique where a file has several documents
 * @param line where the key begins, from 1
 * @param value as the file's readers get it, as text; {@code null}, <code>{}</code> and {@code []} where it is that
 */
public record KeyLine(String key, int line, String value) {

    /** Never the value. */
    @Override
    public String toString() {
        return key + " on line " + line;
    }
}
