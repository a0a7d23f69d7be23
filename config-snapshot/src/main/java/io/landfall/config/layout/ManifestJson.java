package io.landfall.config.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.landfall.config.FileName;
import io.landfall.config.Manifest;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotId;
import io.landfall.config.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A manifest as JSON. There is one way to write each manifest, and no other is read: whatever differs by a byte has been changed by
 * somebody.
 */
final class ManifestJson {

    /** A format that older readers would misunderstand gets the next number. */
    private static final int FORMAT = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setPrettyPrinter(printer());
            write(manifest, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
    }

    private static void write(Manifest manifest, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("app", manifest.id().app());
        json.writeStringField("revision", manifest.id().revision());
        json.writeStringField("created", manifest.created().toString());
        json.writeStringField("author", manifest.author());
        json.writeStringField("comment", manifest.comment());
        json.writeObjectFieldStart("source");
        for (var state : manifest.source().entrySet()) {
            json.writeStringField(state.getKey(), state.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("files");
        for (Manifest.Entry entry : manifest.files()) {
            write(entry, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Manifest.Entry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", entry.name().path());
        json.writeNumberField("size", entry.size());
        json.writeStringField("sha256", entry.sha256());
        json.writeArrayFieldStart("secretKeys");
        for (String key : entry.secretKeys()) {
            json.writeString(key);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @throws SnapshotException if these are not the bytes that {@link #write} makes of a manifest */
    static Manifest read(byte[] bytes) {
        try (JsonParser json = JSON.createParser(bytes)) {
            Manifest manifest = read(json);
            if (!Arrays.equals(write(manifest), bytes)) {
                throw damaged("it has been changed", null);
            }
            return manifest;
        } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw damaged("it cannot be read", e);
        }
    }

    private static Manifest read(JsonParser json) throws IOException {
        require(json.nextToken(), JsonToken.START_OBJECT);
        int format = (int) number(json, "format");
        if (format != FORMAT) {
            throw new SnapshotException(
                    "A snapshot",
                    List.of(new Violation(
                            StoredForm.MANIFEST,
                            "its format is " + format + ", and this Landfall reads " + FORMAT,
                            "use a newer Landfall")));
        }
        SnapshotId id = SnapshotId.of(text(json, "app"), text(json, "revision"));
        Instant created = Instant.parse(text(json, "created"));
        String author = text(json, "author");
        String comment = text(json, "comment");
        SortedMap<String, String> source = source(json);
        List<Manifest.Entry> files = files(json);
        require(json.nextToken(), JsonToken.END_OBJECT);
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("something follows the manifest");
        }
        return new Manifest(id, created, author, comment, source, files);
    }

    private static SortedMap<String, String> source(JsonParser json) throws IOException {
        field(json, "source", JsonToken.START_OBJECT);
        SortedMap<String, String> source = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            require(json.nextToken(), JsonToken.VALUE_STRING);
            source.put(key, json.getText());
        }
        return source;
    }

    private static List<Manifest.Entry> files(JsonParser json) throws IOException {
        field(json, "files", JsonToken.START_ARRAY);
        List<Manifest.Entry> files = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            FileName name = new FileName(text(json, "name"));
            files.add(new Manifest.Entry(name, number(json, "size"), text(json, "sha256"), secretKeys(json)));
            require(json.nextToken(), JsonToken.END_OBJECT);
        }
        return files;
    }

    private static SortedSet<String> secretKeys(JsonParser json) throws IOException {
        field(json, "secretKeys", JsonToken.START_ARRAY);
        SortedSet<String> keys = new TreeSet<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            keys.add(json.getText());
        }
        return keys;
    }

    private static String text(JsonParser json, String name) throws IOException {
        field(json, name, JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static long number(JsonParser json, String name) throws IOException {
        field(json, name, JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void field(JsonParser json, String name, JsonToken value) throws IOException {
        require(json.nextToken(), JsonToken.FIELD_NAME);
        if (!name.equals(json.currentName())) {
            throw new IllegalArgumentException("no " + name + " where it belongs");
        }
        require(json.nextToken(), value);
    }

    private static void require(JsonToken is, JsonToken should) {
        if (is != should) {
            throw new IllegalArgumentException("no " + should + " where it belongs");
        }
    }

    private static SnapshotException damaged(String problem, @org.jspecify.annotations.Nullable Throwable cause) {
        return new SnapshotException(
                "A snapshot",
                List.of(new Violation(
                        StoredForm.MANIFEST, problem, "publish the version again, or roll back to another")),
                cause);
    }
}
