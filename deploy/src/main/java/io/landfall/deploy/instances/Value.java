package io.landfall.deploy.instances;

import java.util.Optional;
import java.util.function.Function;

/**
 * A scalar as it is written, and where.
 *
 * @param where {@code key image}, {@code row 3, column ip}
 */
record Value(String text, int line, String where, Complaints complaints) {

    /** Something is wrong with it. */
    void refuse(String problem, String remedy) {
        complaints.add(line, where, problem, remedy);
    }

    /** What it means; empty, and complained about, where it means nothing. */
    <T> Optional<T> read(Function<String, T> reader, String remedy) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException wrong) {
            refuse(String.valueOf(wrong.getMessage()), remedy);
            return Optional.empty();
        }
    }
}
