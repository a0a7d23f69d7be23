package io.landfall.config.spring;

import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.PropertySource;

/**
 * Where a properties file has its keys. Boot asks for the origin of whatever it binds, and shows it in failures only; so the file is
 * read with its lines not before one is shown.
 */
final class PropertiesOrigins implements OriginLookup<String> {

    private final SnapshotId id;
    private final SnapshotFile file;

    private volatile @Nullable List<PropertySource<?>> withLines;

    PropertiesOrigins(SnapshotId id, SnapshotFile file) {
        this.id = id;
        this.file = file;
    }

    @Override
    public Origin getOrigin(String key) {
        return new Place(this, key);
    }

    /** The same to a reader of properties: Boot's takes every byte for a character. */
    static String escaped(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() * 2);
        text.chars().forEach(c -> {
            if (c < 128) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format("\\u%04X", c));
            }
        });
        return escaped.toString();
    }

    private String find(String key) {
        for (PropertySource<?> document : withLines()) {
            Origin origin = OriginLookup.getOrigin(document, key);
            if (origin != null) {
                return origin.toString();
            }
        }
        return FileResource.description(id, file);
    }

    private List<PropertySource<?>> withLines() {
        List<PropertySource<?>> read = withLines;
        if (read == null) {
            read = read();
            withLines = read;
        }
        return read;
    }

    private List<PropertySource<?>> read() {
        try {
            return new PropertiesPropertySourceLoader()
                    .load(file.name().path(), new FileResource(id, file, escaped(file.text())));
        } catch (IOException | RuntimeException e) {
            // Whoever shows an origin is about to report something else.
            return List.of();
        }
    }

    private record Place(PropertiesOrigins file, String key) implements Origin {

        @Override
        public String toString() {
            return file.find(key);
        }
    }
}
