package io.landfall.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactChangeTest {

    private static final String LIVE = """
            {"metadata": {"uid": "u", "resourceVersion": "7", "annotations": {"landfall.io/release": "{}", "theirs": "1"}},
             "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "a", "tier": "b"}},
              "spec": {"securityContext": {"runAsNonRoot": true},
               "containers": [{"name": "c", "image": "i:1", "livenessProbe": {"periodSeconds": 10}}]}}}}""";

    private static final String WANTED = """
            {"metadata": {"labels": {"app": "a"}, "annotations": {"ours": "2"}},
             "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "a"}},
              "spec": {"containers": [{"name": "c", "image": "i:2"}]}}}}""";

    @Test
    void shouldTakeAwayWhatIsNotWantedOfTheTemplateAndNothingElse() {
        ObjectNode change = ExactChange.of(Json.object(LIVE), Json.object(WANTED));

        assertThat(change).isEqualTo(Json.object("""
                {"metadata": {"uid": "u", "resourceVersion": "7", "labels": {"app": "a"},
                  "annotations": {"ours": "2", "landfall.io/release": null, "landfall.io/last-order": null,
                   "landfall.io/commit": null, "landfall.io/deploy-config": null}},
                 "spec": {"replicas": 3, "template": {"metadata": {"labels": {"tier": null, "app": "a"}},
                  "spec": {"securityContext": null, "containers": [{"name": "c", "image": "i:2"}]}}}}"""));
    }

    @Test
    void shouldTakeAwayWhatAReleaseLeftThatWasEndedHalfWay() {
        JsonNode deployment = Json.object("""
                {"spec": {"paused": true, "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0}}, "template": {}}}""");
        JsonNode set = Json.object("""
                {"spec": {"updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 2}}, "template": {}}}""");

        assertThat(ExactChange.of(deployment, Json.object("{\"spec\": {\"strategy\": {\"type\": \"RollingUpdate\"}}}"))
                        .path("spec"))
                .isEqualTo(Json.object("""
                        {"paused": null, "strategy": {"rollingUpdate": null, "type": "RollingUpdate"}, "template": {}}"""));
        assertThat(ExactChange.of(deployment, Json.object("{\"spec\": {}}")).path("spec"))
                .isEqualTo(Json.object("{\"paused\": null, \"strategy\": null, \"template\": {}}"));
        assertThat(ExactChange.of(set, Json.object("{\"spec\": {\"updateStrategy\": {\"type\": \"RollingUpdate\"}}}"))
                        .path("spec"))
                .isEqualTo(Json.object("""
                        {"updateStrategy": {"rollingUpdate": null, "type": "RollingUpdate"}, "template": {}}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f:livenessProbe: f:periodSeconds | {\"name\": \"c\", \"image\": \"i\"} | true",
                "f:livenessProbe: f:periodSeconds | {\"name\": \"c\", \"livenessProbe\": {\"periodSeconds\": 5}} | false",
                "f:livenessProbe: f:periodSeconds | {\"name\": \"another\"} | false",
                "f:lifecycle: f:preStop: f:exec | {\"name\": \"c\", \"lifecycle\": {}} | true",
                "f:image | {\"name\": \"c\"} | false",
            })
    void shouldKnowWhatAnApplyWouldLeave(String owned, String container, boolean leaves) {
        ObjectNode wanted = Json.object();
        wanted.putObject("spec")
                .putObject("template")
                .putObject("spec")
                .putArray("containers")
                .add(Json.object(container));

        assertThat(new Ownership(live("Apply", owned)).leaves(wanted)).isEqualTo(leaves);
        assertThat(new Ownership(live("Update", owned)).leaves(wanted)).isTrue();
    }

    private static JsonNode live(String operation, String owned) {
        ObjectNode fields = Json.object();
        ObjectNode inner =
                fields.withObject("/f:spec/f:template/f:spec/f:containers").putObject("k:{\"name\":\"c\"}");
        inner.putObject(".");
        for (String name : owned.split(": ", -1)) {
            inner = inner.putObject(name);
        }
        ObjectNode live = Json.object();
        ObjectNode entry = live.putObject("metadata").putArray("managedFields").addObject();
        entry.put("manager", "landfall").put("operation", operation).set("fieldsV1", fields);
        return live;
    }
}
