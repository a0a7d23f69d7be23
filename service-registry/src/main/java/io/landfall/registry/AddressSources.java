package io.landfall.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /**
     * The same file, when it may come later than the application: an annotation that is set after the pod was made reaches it
     * when the kubelet looks again, which takes a minute or more.
     *
     * @param wait for how long it may be empty, or missing; looked at four times a second
     */
    public static AddressSource file(Path path, Duration wait) {
        return new Awaited(file(path), wait);
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

    private record Awaited(AddressSource source, Duration patience) implements AddressSource {
        private static final Logger log = LoggerFactory.getLogger(AddressSources.class);
        private static final Duration LOOK_EVERY = Duration.ofMillis(250);

        @Override
        public String place() {
            return patience.isZero()
                    ? source.place()
                    : source.place() + " (waits up to " + patience.toSeconds() + " s for it)";
        }

        @Override
        public Optional<ExternalAddress> find() {
            Optional<ExternalAddress> now = source.find();
            if (now.isPresent() || patience.isZero()) {
                return now;
            }
            log.info("Waiting up to {} s for an external address in {}", patience.toSeconds(), source.place());
            return await(System.nanoTime() + patience.toNanos());
        }

        @Override
        public Optional<ExternalAddress> look() {
            return source.look();
        }

        private Optional<ExternalAddress> await(long until) {
            Optional<ExternalAddress> found = source.find();
            while (found.isEmpty() && System.nanoTime() - until < 0 && pause()) {
                found = source.find();
            }
            return found;
        }

        private static boolean pause() {
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
                return true;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
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
