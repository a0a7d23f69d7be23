package io.landfall.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The places every pod has: a property, an environment variable, the injected file. */
public final class AddressSources {

    private AddressSources() {}

    /** A property of the application or of the JVM. */
    public static AddressSource property(String name, Supplier<@Nullable String> value) {
        return new Text("property " + name, value);
    }

    /** A variable of the environment. */
    public static AddressSource environment(String name, Supplier<@Nullable String> value) {
        return new Text("environment variable " + name, value);
    }

    /** The first line of a file that the pod's template injects; see ARCHITECTURE.md, "The pod". */
    public static AddressSource file(Path path) {
        return new Text("file " + path, () -> firstLine(path));
    }

    private static @Nullable String firstLine(Path path) {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.findFirst().orElse(null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (UncheckedIOException whileReading) {
            throw unreadable(path, whileReading);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static IllegalStateException unreadable(Path path, Exception e) {
        return new IllegalStateException("cannot read the external address from " + path + ": " + e, e);
    }

    private record Text(String place, Supplier<@Nullable String> text) implements AddressSource {
        @Override
        public Optional<ExternalAddress> find() {
            String value = text.get();
            if (value == null || value.isBlank()) {
                return Optional.empty();
            }
            try {
                return Optional.of(ExternalAddress.parse(value));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
            }
        }
    }
}
