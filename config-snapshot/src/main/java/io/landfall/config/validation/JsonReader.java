package io.landfall.config.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads JSON, strictly by RFC 8259, token by token. */
final class JsonReader {

    private static final int DEEPEST = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Findings findings;
    private final Deque<Level> levels = new ArrayDeque<>();

    JsonReader(Findings findings) {
        this.findings = findings;
    }

    void read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            document(json);
        } catch (JsonProcessingException e) {
            // Not its message, which quotes the file.
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            findings.problem(line, problem(e), "correct it there or in the line before");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String problem(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "it ends before its last bracket or quote is closed";
        }
        return e instanceof StreamConstraintsException
                ? "it nests more than " + DEEPEST + " levels, or has a name or number that is too long"
                : "it is no JSON here";
    }

    private void document(JsonParser json) throws IOException {
        if (json.nextToken() == null) {
            throw findings.stop(1, "there is nothing in it", "write {} for nothing");
        }
        Level root = new Level("", false);
        levels.push(root);
        do {
            token(json, json.currentToken());
        } while (levels.size() > 1 && json.nextToken() != null);
        if (json.nextToken() != null) {
            findings.problem(line(json), "something follows the end", "leave one document in the file");
        }
    }

    private void token(JsonParser json, JsonToken token) throws IOException {
        Level level = levels.element();
        switch (token) {
            case FIELD_NAME -> level.name(json.currentName(), line(json));
            case START_OBJECT, START_ARRAY -> levels.push(new Level(level.next(), token == JsonToken.START_ARRAY));
            case END_OBJECT, END_ARRAY -> end(token, line(json));
            default -> findings.value(level.next(), line(json), json.getText());
        }
    }

    private void end(JsonToken token, int line) {
        Level level = levels.pop();
        if (level.empty) {
            findings.value(level.path, line, token == JsonToken.END_ARRAY ? "[]" : "{}");
        }
    }

    private static int line(JsonParser json) {
        return json.currentTokenLocation().getLineNr();
    }

    /** An object or array that is being read. */
    private final class Level {

        private final String path;
        private final boolean array;
        private final Findings.Names names;
        private boolean empty = true;
        private int index;
        private @Nullable String key;

        Level(String path, boolean array) {
            this.path = path;
            this.array = array;
            this.names = findings.names(path);
        }

        void name(String name, int line) {
            key = names.key(name, line);
        }

        /** The key of the value that comes. */
        String next() {
            empty = false;
            if (array) {
                return path + "[" + index++ + "]";
            }
            return key == null ? path : key;
        }
    }
}
