package io.landfall.deploy.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.Target;

/** The records of a release as JSON. What lacks a part, or has one that is not known, is not read: nothing is guessed. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addMixIn(Target.class, Targets.class)
            .addMixIn(Batches.Size.class, Sizes.class)
            .addMixIn(Gate.class, Gates.class)
            .build();

    /** Objects of Kubernetes have readers of their own, which stumble over strictness. */
    private static final ObjectMapper OBJECTS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Target.NewRevision.class, name = "revision"),
        @JsonSubTypes.Type(value = Target.Scale.class, name = "scale")
    })
    private interface Targets {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Batches.Size.Pods.class, name = "pods"),
        @JsonSubTypes.Type(value = Batches.Size.Percent.class, name = "percent"),
        @JsonSubTypes.Type(value = Batches.Size.Equal.class, name = "equal"),
        @JsonSubTypes.Type(value = Batches.Size.Rest.class, name = "rest")
    })
    private interface Sizes {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Gate.Restarts.class, name = "restarts"),
        @JsonSubTypes.Type(value = Gate.Prometheus.class, name = "prometheus"),
        @JsonSubTypes.Type(value = Gate.Http.class, name = "http")
    })
    private interface Gates {}

    static String text(Object record) {
        try {
            return MAPPER.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON of " + record.getClass(), e);
        }
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    static <T> T read(String text, Class<T> type) {
        try {
            T read = MAPPER.readValue(text, type);
            if (read == null) {
                throw new IllegalArgumentException("there is nothing");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads an object of Kubernetes.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ObjectNode object(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("it is no object");
    }

    static ObjectNode object() {
        return OBJECTS.createObjectNode();
    }

    static JsonNode tree(Object object) {
        return OBJECTS.valueToTree(object);
    }

    static <T> T model(JsonNode tree, Class<T> type) {
        return OBJECTS.convertValue(tree, type);
    }
}
