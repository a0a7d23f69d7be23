package io.landfall.deploy.application;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of a template's parameters, checked, and with those that nobody said.
 *
 * @param values by name: a {@link String}, an {@link Integer}, a {@link Boolean} or a {@link Duration}. A parameter without a value is
 *     not there
 */
public record ParameterValues(Map<String, Object> values) {

    /** Copies the map. */
    public ParameterValues {
        values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** None. */
    public static ParameterValues none() {
        return new ParameterValues(Map.of());
    }

    /** The value of a string, a quantity or a choice; empty: it has none. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** The value of an integer that has one. */
    public int integer(String name) {
        return (Integer) there(name);
    }

    /** The value of a time that has one. */
    public Duration duration(String name) {
        return (Duration) there(name);
    }

    /** The value of a boolean; false if it has none. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    private Object there(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("The parameter " + name + " has no value: its template must say one");
        }
        return value;
    }
}
