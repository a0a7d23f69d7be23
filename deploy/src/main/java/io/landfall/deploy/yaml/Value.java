package io.landfall.deploy.yaml;

import io.landfall.deploy.names.BrokenName;
import io.landfall.deploy.names.NameRule;
import java.util.Optional;
import java.util.function.Function;

/**
 * A scalar as it is written, and where.
 *
 * @param text without blanks around it
 * @param line from 1
 * @param where {@code key image}, {@code row 3, column ip}
 * @param complaints who hears what is wrong with it
 */
public record Value(String text, int line, String where, Complaints complaints) {

    /** Something is wrong with it. */
    public void refuse(String problem, String remedy) {
        complaints.add(line, where, problem, remedy);
    }

    /**
     * What it means; empty, and complained about, where it means nothing.
     *
     * @param reader throws an {@link IllegalArgumentException} that says what is wrong
     * @param remedy what to write
     */
    public <T> Optional<T> read(Function<String, T> reader, String remedy) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException wrong) {
            refuse(String.valueOf(wrong.getMessage()), remedy);
            return Optional.empty();
        }
    }

    /** The name that it is; empty, and complained about, where Kubernetes would refuse it. */
    public Optional<String> name(NameRule rule) {
        Optional<BrokenName> broken = rule.check(text);
        broken.ifPresent(wrong -> refuse(wrong.problem(), "write " + wrong.suggestion()));
        return broken.isPresent() ? Optional.empty() : Optional.of(text);
    }
}
