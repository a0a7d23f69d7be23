package io.landfall.config.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.landfall.config.FileCheck;
import io.landfall.config.FileFormat;
import io.landfall.config.FileName;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Whether files are what a JSON Schema (draft 4 to 2020-12) says, each by one of its own. A file in YAML meets it document by document;
 * properties are one flat object of texts, of which those that read as numbers or booleans pass for such. Files that are not
 * well-formed are {@link FormatCheck}'s.
 */
public final class SchemaCheck implements FileCheck {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<FileFormat> FORMATS = Set.of(FileFormat.PROPERTIES, FileFormat.YAML, FileFormat.JSON);
    private static final int LONGEST_RULE = 120;

    private final SortedMap<FileName, JsonSchema> schemas;

    private SchemaCheck(SortedMap<FileName, JsonSchema> schemas) {
        this.schemas = schemas;
    }

    /**
     * With these schemas.
     *
     * @param schemas for each file the text of its schema, in JSON; it refers to nothing outside itself
     * @throws IllegalArgumentException if a schema is none, or the file has a format without schemas: all of them, a line each
     */
    public static SchemaCheck of(Map<FileName, String> schemas) {
        SortedMap<FileName, JsonSchema> read = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        new TreeMap<>(schemas).forEach((name, text) -> {
            if (!FORMATS.contains(FileFormat.of(name))) {
                wrong.add("There are no schemas for " + name + ": its name must end with .yaml, .json or .properties");
                return;
            }
            try {
                read.put(name, Schemas.read(text, FileFormat.of(name)));
            } catch (IllegalArgumentException e) {
                wrong.add("The schema for " + name + " " + e.getMessage());
            }
        });
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return new SchemaCheck(read);
    }

    @Override
    public List<Violation> check(SnapshotFile file) {
        JsonSchema schema = schemas.get(file.name());
        if (schema == null) {
            return List.of();
        }
        FileKeys keys = FileKeys.of(file);
        return keys.wellFormed() ? check(file, keys, schema) : List.of();
    }

    /** Also that there is a file for each schema. */
    @Override
    public List<Violation> checkTogether(Collection<SnapshotFile> files) {
        List<Violation> violations = new ArrayList<>(FileCheck.super.checkTogether(files));
        List<FileName> names = files.stream().map(SnapshotFile::name).toList();
        schemas.keySet().stream()
                .filter(n -> !names.contains(n))
                .forEach(n -> violations.add(new Violation(
                        n.path(),
                        "there is a schema for it, and no such file",
                        "add the file or leave out its schema")));
        return violations;
    }

    private static List<Violation> check(SnapshotFile file, FileKeys keys, JsonSchema schema) {
        List<Violation> violations = new ArrayList<>();
        List<JsonNode> documents;
        try {
            documents = documents(file, keys);
        } catch (YAMLException | NumberFormatException e) {
            return List.of(new Violation(
                    file.name().path(), "a value is not what its tag says", "leave tags such as !!int out"));
        }
        for (JsonNode document : documents) {
            for (ValidationMessage message : schema.validate(document)) {
                violations.add(violation(file, keys, message));
            }
        }
        return violations;
    }

    private static List<JsonNode> documents(SnapshotFile file, FileKeys keys) {
        return switch (file.format()) {
            case PROPERTIES -> List.of(flat(keys));
            case YAML ->
                YamlDocuments.of(file.text()).stream()
                        .<JsonNode>map(MAPPER::valueToTree)
                        .toList();
            default -> List.of(json(file));
        };
    }

    private static JsonNode flat(FileKeys keys) {
        var object = MAPPER.createObjectNode();
        keys.keys().forEach(k -> object.put(k.key(), k.value()));
        return object;
    }

    private static JsonNode json(SnapshotFile file) {
        try {
            return MAPPER.readTree(file.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file.name() + " is well-formed, and cannot be read", e);
        }
    }

    /** From the schema's words alone: the library's message may quote the value. */
    private static Violation violation(SnapshotFile file, FileKeys keys, ValidationMessage message) {
        String key = key(message.getInstanceLocation());
        String where = key.isEmpty() ? "" : Findings.shown(key) + " ";
        String rule = message.getType();
        String problem =
                switch (rule) {
                    case "required" -> where + "lacks " + Findings.shown(message.getProperty());
                    case "additionalProperties", "unevaluatedProperties" ->
                        where + "has " + Findings.shown(message.getProperty()) + ", which the schema does not know";
                    default -> where + "is not what its schema says: " + rule + shown(message.getSchemaNode());
                };
        return new Violation(place(file, keys, key), problem.strip(), "correct it, or the schema");
    }

    private static String shown(@Nullable JsonNode rule) {
        String text = rule == null ? "" : rule.toString();
        return text.isEmpty() || text.length() > LONGEST_RULE ? "" : " " + text;
    }

    private static String key(JsonNodePath path) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            if (element instanceof Integer) {
                key.append('[').append(element).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".").append(element);
            }
        }
        return key.toString();
    }

    /** Of several documents, the first that has the key. */
    private static String place(SnapshotFile file, FileKeys keys, String key) {
        return keys.keys().stream()
                .filter(k -> !key.isEmpty() && k.key().startsWith(key))
                .findFirst()
                .map(k -> file.name() + ":" + k.line())
                .orElse(file.name().path());
    }
}
