package io.landfall.config.spring;

import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.AbstractResource;

/** A file of a snapshot, as Boot's loaders read it and its origins name it: {@code snapshot orders 1.4.2: application.yaml}. */
final class FileResource extends AbstractResource {

    private final SnapshotId id;
    private final SnapshotFile file;
    private final String text;

    FileResource(SnapshotId id, SnapshotFile file, String text) {
        this.id = id;
        this.file = file;
        this.text = text;
    }

    static String description(SnapshotId id, SnapshotFile file) {
        return "snapshot " + id + ": " + file.name();
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public String getFilename() {
        return file.name().path();
    }

    @Override
    public String getDescription() {
        return description(id, file);
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
