package io.landfall.config.cli;

import io.landfall.config.FileCheck;
import io.landfall.config.FileName;
import io.landfall.config.SecretMarker;
import io.landfall.config.validation.Checks;
import io.landfall.config.validation.SchemaCheck;
import io.landfall.config.validation.SecretKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is looked at before anything is published, and what is secret. */
final class CheckOptions {

    @Option(
            names = "--schema",
            paramLabel = "FILE=SCHEMA",
            description = "A JSON Schema for a file: application.yaml=schemas/application.json; repeatable.")
    private List<String> schemas = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "PATTERN",
            description = "A key that is secret, besides those that are called password, token and the like:"
                    + " db.*.pin; repeatable.")
    private List<String> secrets = new ArrayList<>();

    @Option(
            names = "--secret-file",
            paramLabel = "PATTERN",
            description = "A file that is secret as a whole: certs/*.pem; repeatable.")
    private List<String> secretFiles = new ArrayList<>();

    SecretMarker marker() {
        return SecretKeys.standard().withKeys(secrets).withFiles(secretFiles);
    }

    FileCheck check(Arguments arguments) {
        Map<FileName, String> texts = new LinkedHashMap<>();
        schemas.forEach(s -> arguments.read(() -> add(s, texts)));
        if (texts.isEmpty()) {
            return Checks.standard();
        }
        return arguments
                .read(() -> SchemaCheck.of(texts))
                .map(schema -> Checks.all(Checks.standard(), schema))
                .orElse(FileCheck.NONE);
    }

    private static FileName add(String schema, Map<FileName, String> texts) {
        String[] pair = schema.split("=", 2);
        if (pair.length < 2) {
            throw new IllegalArgumentException("--schema is '" + schema + "': write application.yaml=schema.json");
        }
        FileName name = new FileName(pair[0].strip());
        String text;
        try {
            text = Files.readString(OpenStore.path("--schema", pair[1].strip()));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--schema: " + pair[1] + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        if (texts.put(name, text) != null) {
            throw new IllegalArgumentException("--schema: there are two schemas for " + name);
        }
        return name;
    }
}
