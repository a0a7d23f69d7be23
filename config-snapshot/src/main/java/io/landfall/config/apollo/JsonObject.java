package io.landfall.config.apollo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of an answer. Whatever is not as it is asked for is an {@link IllegalArgumentException} that says what, and shows nothing
 * of it.
 */
final class JsonObject {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, Object> fields;

    private JsonObject(Map<String, Object> fields) {
        this.fields = fields;
    }

    static JsonObject read(byte[] json) {
        return object("the answer", whole(json));
    }

    static List<JsonObject> readAll(byte[] json) {
        return objects("the answer", whole(json));
    }

    /** A field that must be there. */
    String text(String field) {
        return optionalText(field).orElseThrow(() -> new IllegalArgumentException("the answer has no text " + field));
    }

    /** Empty: not there, or something else. */
    Optional<String> optionalText(String field) {
        return fields.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A field that must be there. */
    long number(String field) {
        if (fields.get(field) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("the answer has no number " + field);
    }

    /** A field that must be an object of nothing but texts; in the answer's order. */
    Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(field, fields.getOrDefault(field, Missing.FIELD)).fields.forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw new IllegalArgumentException("the value of the key " + key + " is no text");
            }
            texts.put(key, text);
        });
        return texts;
    }

    /** A field that must be an array of objects. */
    List<JsonObject> objects(String field) {
        return objects(field, fields.getOrDefault(field, Missing.FIELD));
    }

    /** Whether a field is an array that has this text. */
    boolean lists(String field, String text) {
        return fields.get(field) instanceof List<?> all && all.contains(text);
    }

    private static List<JsonObject> objects(String what, Object value) {
        if (!(value instanceof List<?> all)) {
            throw new IllegalArgumentException(what + " is no array");
        }
        return all.stream().map(one -> object("a part of " + what, one)).toList();
    }

    private static JsonObject object(String what, Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException(what + " is no object");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        object.forEach((key, field) -> fields.put((String) key, field));
        return new JsonObject(fields);
    }

    /** Stands for nothing, which no field may be that we ask for. */
    private enum Missing {
        FIELD
    }

    private static Object whole(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the answer's JSON");
            }
            return value;
        } catch (JsonProcessingException e) {
            // Its message quotes the text, which may be a secret; so does the exception, as a cause.
            throw new IllegalArgumentException("the answer is not JSON, from byte "
                    + Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getByteOffset()) + " on");
        } catch (IOException e) {
            throw new UncheckedIOException("reading bytes", e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("the answer is empty");
        }
        return switch (token) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> Missing.FIELD;
        };
    }

    private static Map<String, Object> fields(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<Object> elements(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }
}
