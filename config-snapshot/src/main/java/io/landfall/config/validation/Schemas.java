package io.landfall.config.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.resource.InputStreamSource;
import io.landfall.config.FileFormat;
import org.jspecify.annotations.Nullable;

/** Reads schemas, and fetches nothing for them. */
final class Schemas {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Schemas() {}

    /** @throws IllegalArgumentException the rest of a sentence that begins with the schema */
    static JsonSchema read(String text, FileFormat format) {
        JsonNode json = json(text);
        VersionFlag version = version(json);
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                version, builder -> builder.schemaLoaders(loaders -> loaders.add(Schemas::refuse)));
        checkItself(json, factory, version);
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .typeLoose(format == FileFormat.PROPERTIES)
                .formatAssertionsEnabled(true)
                .build();
        try {
            JsonSchema schema = factory.getSchema(json, config);
            schema.initializeValidators();
            return schema;
        } catch (JsonSchemaException e) {
            throw new IllegalArgumentException("cannot be used: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (json.isObject() || json.isBoolean()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("is neither an object nor true or false");
    }

    private static VersionFlag version(JsonNode json) {
        try {
            return SpecVersionDetector.detectOptionalVersion(json, true).orElse(VersionFlag.V202012);
        } catch (JsonSchemaException e) {
            throw new IllegalArgumentException("names a $schema that is not known: write draft 4 to 2020-12", e);
        }
    }

    /** A rule with a spelling mistake would refuse nothing. */
    private static void checkItself(JsonNode json, JsonSchemaFactory factory, VersionFlag version) {
        JsonSchema schemaOfSchemas = factory.getSchema(SchemaLocation.of(version.getId()));
        schemaOfSchemas.validate(json).stream().findFirst().ifPresent(m -> {
            throw new IllegalArgumentException("is none: " + m.getMessage());
        });
    }

    /** The schemas of schemas are in the library. */
    private static @Nullable InputStreamSource refuse(AbsoluteIri place) {
        if (place.toString().startsWith("classpath:draft") || place.toString().startsWith("resource:draft")) {
            return null;
        }
        throw new JsonSchemaException(
                "it refers to " + place + ", and nothing is fetched: write what it needs into $defs");
    }
}
