package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.release.WorkloadName.Kind;
import io.landfall.deploy.release.WorkloadView.Fields;

/** The fields of a specification that a release changes. */
final class RolloutFields {

    private static final String DEADLINE = "progressDeadlineSeconds";
    private static final String MIN_READY = "minReadySeconds";
    private static final int HOUR = 3600;

    private RolloutFields() {}

    static Fields read(Kind kind, JsonNode spec) {
        if (kind == Kind.STATEFUL_SET) {
            return Fields.partition(spec.path("updateStrategy")
                    .path("rollingUpdate")
                    .path("partition")
                    .asInt());
        }
        JsonNode rolling = spec.path("strategy").path("rollingUpdate");
        return new Fields(
                spec.path(MIN_READY).asInt(),
                rolling.path("maxSurge").asText("0"),
                rolling.path("maxUnavailable").asText("0"),
                0,
                spec.path("paused").asBoolean());
    }

    /** Writes all of them: one that is left out stays with whoever else wrote it. */
    static void write(Kind kind, ObjectNode spec, Fields fields) {
        if (kind == Kind.STATEFUL_SET) {
            ObjectNode strategy = spec.putObject("updateStrategy").put("type", "RollingUpdate");
            strategy.putObject("rollingUpdate").put("partition", fields.partition());
            return;
        }
        spec.put(MIN_READY, fields.minReadySeconds());
        spec.put("paused", fields.paused());
        if (spec.path(DEADLINE).asInt() <= fields.minReadySeconds()) {
            spec.put(DEADLINE, fields.minReadySeconds() + HOUR);
        }
        ObjectNode rolling =
                spec.putObject("strategy").put("type", "RollingUpdate").putObject("rollingUpdate");
        put(rolling, "maxSurge", fields.maxSurge());
        put(rolling, "maxUnavailable", fields.maxUnavailable());
    }

    /** What a manifest does not say is said all the same, for the same reason. */
    static void complete(Kind kind, ObjectNode spec) {
        if (kind == Kind.DEPLOYMENT) {
            spec.put(MIN_READY, spec.path(MIN_READY).asInt());
            spec.put("paused", spec.path("paused").asBoolean());
        }
    }

    private static void put(ObjectNode rolling, String name, String value) {
        if (value.endsWith("%")) {
            rolling.put(name, value);
        } else {
            rolling.put(name, Integer.parseInt(value));
        }
    }
}
