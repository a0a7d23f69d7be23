package io.landfall.deploy.application.file;

import io.landfall.deploy.application.Rollout;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import io.landfall.deploy.yaml.Complaints;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads how many pods there are, and how a release replaces them. */
final class RolloutReading {

    private static final int REPLICAS = 1;
    private static final Duration SOAK = Duration.ofSeconds(30);
    private static final Duration BATCH_DEADLINE = Duration.ofMinutes(10);
    /** A new version that starts again and again is never ready, or not for long. */
    private static final Gate RESTARTS = new Gate.Restarts(0);

    private static final String A_TIME = "write one such as 30s or 10m";

    private final Complaints complaints;

    RolloutReading(Complaints complaints) {
        this.complaints = complaints;
    }

    Rollout read(Fields environment) {
        int replicas = environment
                .optional("replicas")
                .flatMap(value -> value.read(Formats::number, "write how many pods there are"))
                .orElse(REPLICAS);
        Batches batches = BatchesReading.read(environment, complaints);
        Conduct conduct = environment.mapping("conduct").map(this::conduct).orElseGet(RolloutReading::standard);
        return new Rollout(replicas, batches, conduct);
    }

    private static Conduct standard() {
        return new Conduct(
                Strategy.STOP_FIRST, Advance.AUTOMATIC, SOAK, BATCH_DEADLINE, OnFailure.PAUSE, List.of(RESTARTS));
    }

    private Conduct conduct(Fields fields) {
        Conduct standard = standard();
        Conduct conduct = new Conduct(
                word(fields, "strategy", Strategy.class).orElse(standard.strategy()),
                word(fields, "advance", Advance.class).orElse(standard.advance()),
                time(fields, "soak").orElse(standard.soak()),
                time(fields, "batch-deadline").orElse(standard.batchDeadline()),
                word(fields, "on-failure", OnFailure.class).orElse(standard.onFailure()),
                fields.has("gates") ? gates(fields) : standard.gates());
        fields.end();
        return conduct;
    }

    private static <E extends Enum<E>> Optional<E> word(Fields fields, String key, Class<E> type) {
        return fields.optional(key)
                .flatMap(value -> value.read(text -> Formats.word(type, text), "it is " + Formats.words(type)));
    }

    private static Optional<Duration> time(Fields fields, String key) {
        return fields.optional(key).flatMap(value -> value.read(Formats::duration, A_TIME));
    }

    private List<Gate> gates(Fields conduct) {
        List<Gate> gates = new ArrayList<>();
        for (Node item : conduct.items("gates")) {
            Fields.of(item, conduct.where("gates."), complaints)
                    .flatMap(this::gate)
                    .ifPresent(gates::add);
        }
        return gates;
    }

    private Optional<Gate> gate(Fields fields) {
        Optional<Gate> gate = Optional.empty();
        if (fields.has("restarts")) {
            gate = fields.optional("restarts")
                    .flatMap(value -> value.read(Formats::number, "write how many are allowed"))
                    .map(Gate.Restarts::new);
        } else if (fields.has("prometheus")) {
            Optional<URI> server = fields.optional("prometheus").flatMap(Addresses::web);
            gate = server.flatMap(
                    where -> fields.required("query").map(query -> new Gate.Prometheus(where, query.text())));
        } else if (fields.has("http")) {
            gate = fields.optional("http").flatMap(Addresses::web).map(Gate.Http::new);
        } else {
            complaints.add(
                    fields.line(),
                    "key conduct.gates",
                    "this is no gate",
                    "write {restarts: 0}, {prometheus: http://prometheus:9090, query: error_ratio < 0.01} or {http: https://…}");
        }
        fields.end();
        return gate;
    }
}
