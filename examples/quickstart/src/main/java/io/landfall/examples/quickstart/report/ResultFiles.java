package io.landfall.examples.quickstart.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Writes the result as JSON, and as a page that needs nothing but a browser. */
public final class ResultFiles {

    private static final String PLACE_OF_DATA = "/*RESULT*/null";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultFiles() {}

    /** The figures, for programs. */
    public static Path writeJson(Result result, Path file) throws IOException {
        JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), result);
        return file;
    }

    /** The same figures with charts, for people. */
    public static Path writePage(Result result, Path file) throws IOException {
        return Files.writeString(file, page(result));
    }

    static String page(Result result) throws IOException {
        try (InputStream page = Objects.requireNonNull(ResultFiles.class.getResourceAsStream("quickstart.html"))) {
            String template = new String(page.readAllBytes(), StandardCharsets.UTF_8);
            return template.replace(PLACE_OF_DATA, inScript(result));
        }
    }

    /** An exception's text must not end the script element it stands in. */
    private static String inScript(Result result) throws JsonProcessingException {
        return JSON.writeValueAsString(result).replace("<", "\\u003c");
    }
}
