package io.landfall.registry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what a command was told, and collects everything that is wrong before it complains. */
final class Arguments {

    private final List<String> wrong = new ArrayList<>();

    /** Complains that an option is not there. */
    void missing(String name) {
        wrong.add(name + " is missing");
    }

    /** A name that must be there. Where something is wrong, this and the others return what nobody complains about again. */
    String name(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            missing(name);
            return "missing";
        }
        return value.strip();
    }

    /** A number that must be there, as a port is. */
    int port(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            missing(name);
            return 1;
        }
        if (!value.strip().matches("[0-9]{1,5}")) {
            wrong.add(name + " is '" + value + "', which is no port");
            return 1;
        }
        return Integer.parseInt(value.strip());
    }

    /** A time such as {@code 10s}. */
    Duration duration(String name, String value) {
        try {
            Duration time = Duration.parse("PT" + value.strip());
            if (!time.isNegative() && !time.isZero()) {
                return time;
            }
        } catch (DateTimeParseException noTime) {
            // said below
        }
        wrong.add(name + " is '" + value + "': write a time such as 10s");
        return Duration.ofSeconds(1);
    }

    /** Each {@code key=value}. */
    Map<String, String> pairs(String name, List<String> values) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String value : values) {
            String[] pair = value.split("=", 2);
            if (pair.length < 2 || pairs.put(pair[0].strip(), pair[1]) != null) {
                wrong.add(name + " has '" + value + "': write each key once, as in version=2");
            }
        }
        return pairs;
    }

    /** The first line of a file that has a secret. The file's name is shown, what is in it is not. */
    Optional<String> secret(String name, @Nullable String file) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            Optional<String> line =
                    Files.readString(Path.of(file)).lines().findFirst().filter(text -> !text.isBlank());
            if (line.isEmpty()) {
                wrong.add(name + ": the file " + file + " is empty");
            }
            return line;
        } catch (IOException | InvalidPathException e) {
            wrong.add(name + ": the file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }

    /** What is read elsewhere; empty where that complains. */
    <T> Optional<T> read(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException e) {
            wrong.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void addAll(List<String> more) {
        wrong.addAll(more);
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
        String name = argument.startsWith("-") ? argument.replaceFirst("=.*", "") : "";
        return name.isEmpty() ? "there is an argument that no option takes" : "no option is called " + name;
    }
}
