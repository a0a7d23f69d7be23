package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A manifest among this package's resources, with blanks of the form <code>${name}</code>. */
final class Manifest {

    private Manifest() {}

    /**
     * Fills the blanks.
     *
     * @throws IllegalStateException if one is left
     */
    static <T extends HasMetadata> T read(String file, Map<String, String> values, Class<T> kind) {
        String text = text(file);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        if (text.contains("${")) {
            throw new IllegalStateException(file + " has blanks that nobody filled:\n" + text);
        }
        return Serialization.unmarshal(text, kind);
    }

    private static String text(String file) {
        try (InputStream in = Manifest.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
