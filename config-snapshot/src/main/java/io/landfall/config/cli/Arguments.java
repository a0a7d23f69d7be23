package io.landfall.config.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what a command was told, and collects everything that is wrong before it complains. */
final class Arguments {

    private final List<String> wrong = new ArrayList<>();

    void complain(String what) {
        wrong.add(what);
    }

    /** What must be there; empty where it is not. */
    Optional<String> required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            wrong.add(name + " is missing");
            return Optional.empty();
        }
        return Optional.of(value.strip());
    }

    /** A time such as {@code 24h}; where it is none, what nobody complains about again. */
    Duration duration(String name, String value) {
        try {
            String text = value.strip().toUpperCase(Locale.ROOT);
            Duration time = Duration.parse(text.matches("[0-9]+D") ? "P" + text : "PT" + text);
            if (!time.isNegative()) {
                return time;
            }
        } catch (DateTimeParseException noTime) {
            // said below
        }
        wrong.add(name + " is '" + Lines.plain(value) + "': write a time such as 24h or 7d");
        return Duration.ZERO;
    }

    /** A whole number, 0 or more. */
    int count(String name, String value) {
        if (value.strip().matches("[0-9]{1,6}")) {
            return Integer.parseInt(value.strip());
        }
        wrong.add(name + " is '" + Lines.plain(value) + "': write a number such as 10");
        return 0;
    }

    /** What is read elsewhere; empty where that complains. */
    <T> Optional<T> read(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException e) {
            String.valueOf(e.getMessage()).lines().map(Lines::plain).forEach(wrong::add);
            return Optional.empty();
        }
    }

    /**
     * Complains, if anything is wrong.
     *
     * @throws ParameterException naming all of it, a line each
     */
    void check(CommandLine command) {
        command.getUnmatchedArguments().forEach(argument -> wrong.add(unknown(argument)));
        if (!wrong.isEmpty()) {
            throw new ParameterException(command, String.join(System.lineSeparator(), wrong));
        }
    }

    /** An option's name, without a value that may be a password under a misspelt name. */
    private static String unknown(String argument) {
        String name = argument.startsWith("-") ? argument.replaceFirst("(?s)=.*", "") : "";
        return name.isEmpty()
                ? "there is an argument that no option takes"
                : "no option is called " + Lines.plain(name);
    }
}
