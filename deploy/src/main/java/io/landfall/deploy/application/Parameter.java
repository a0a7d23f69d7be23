package io.landfall.deploy.application;

import java.util.List;
import java.util.Optional;

/**
 * What a template lets its users choose.
 *
 * @param name as files have it: {@code drain-deadline}
 * @param type how its value is written
 * @param description for people
 * @param required whether somebody has to say it
 * @param fallback its value where nobody says one; empty: then it has none
 * @param choices what a {@link Type#CHOICE} may be
 */
public record Parameter(
        String name, Type type, String description, boolean required, Optional<String> fallback, List<String> choices) {

    /** Copies the list. */
    public Parameter {
        choices = List.copyOf(choices);
    }

    /** How a value is written. */
    public enum Type {
        /** Any text. */
        STRING,
        /** A whole number from 0. */
        INTEGER,
        /** As Kubernetes writes it: {@code 500m}, {@code 2Gi}. */
        QUANTITY,
        /** {@code 30s}, {@code 5m}. */
        DURATION,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** One of some words. */
        CHOICE
    }

    /** One that has a value in any case. */
    public static Parameter of(String name, Type type, String fallback, String description) {
        return new Parameter(name, type, description, false, Optional.of(fallback), List.of());
    }

    /** One that may have no value. */
    public static Parameter optional(String name, Type type, String description) {
        return new Parameter(name, type, description, false, Optional.empty(), List.of());
    }

    /** One that somebody has to say. */
    public static Parameter required(String name, Type type, String description) {
        return new Parameter(name, type, description, true, Optional.empty(), List.of());
    }

    /** One of some words, of which the first is meant where nobody says one. */
    public static Parameter choice(String name, String description, String... choices) {
        return new Parameter(name, Type.CHOICE, description, false, Optional.of(choices[0]), List.of(choices));
    }
}
