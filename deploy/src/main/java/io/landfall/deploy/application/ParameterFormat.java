package io.landfall.deploy.application;

import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Nearest;

/** How values of parameters are written. */
public final class ParameterFormat {

    private ParameterFormat() {}

    /**
     * What a text means for a parameter: a {@link String}, an {@link Integer}, a {@link Boolean} or a {@link java.time.Duration}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Object read(Parameter parameter, String text) {
        return switch (parameter.type()) {
            case STRING -> text;
            case INTEGER -> Formats.number(text);
            case QUANTITY -> Formats.quantity(text);
            case DURATION -> Formats.duration(text);
            case BOOLEAN -> Formats.truth(text);
            case CHOICE -> chosen(parameter, text);
        };
    }

    private static String chosen(Parameter parameter, String text) {
        if (!parameter.choices().contains(text)) {
            String near = Nearest.to(text, parameter.choices())
                    .map(word -> "did you mean " + word + "? ")
                    .orElse("");
            throw new IllegalArgumentException("'" + text + "' is none of its choices: " + near + "they are "
                    + String.join(", ", parameter.choices()));
        }
        return text;
    }
}
