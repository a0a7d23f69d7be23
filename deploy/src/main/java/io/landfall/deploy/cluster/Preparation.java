package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.landfall.deploy.cluster.ApiServer.Applied;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.ReleaseCluster.Written;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before a workload. Whether it is there is asked once for each order, by a dry run that changes nothing. For several threads. */
final class Preparation {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final ApiServer api;
    private final String namespace;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();

    Preparation(ApiServer api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    boolean prepared(ReleaseOrder order) {
        if (!(order.target() instanceof Target.NewRevision target) || prepared.contains(order.id())) {
            return true;
        }
        boolean all = target.first().stream().allMatch(this::unchanged);
        if (all) {
            prepared.add(order.id());
        }
        return all;
    }

    /**
     * Applies objects, in their order.
     *
     * @param stillWanted asked after each one was read and before it is written
     */
    Written prepare(ReleaseOrder order, List<Manifest> objects, BooleanSupplier stillWanted) {
        for (Manifest manifest : objects) {
            ObjectNode object = Json.object(manifest.json());
            Place place = Place.of(object, namespace);
            Optional<JsonNode> live = api.get(place);
            if (!stillWanted.getAsBoolean()) {
                return Written.STALE;
            }
            Answer answer = live.map(there -> onTopOf(there, place, object)).orElseGet(() -> api.make(place, object));
            if (answer.stale()) {
                return Written.STALE;
            }
            ApiServer.taken(answer, "applying " + manifest);
            log.info("Applied {} for {}", manifest, order.id());
        }
        prepared.add(order.id());
        return Written.DONE;
    }

    void forget(ReleaseOrder order) {
        prepared.remove(order.id());
    }

    private Answer onTopOf(JsonNode live, Place place, ObjectNode object) {
        object.withObject("/metadata")
                .set("resourceVersion", live.path("metadata").path("resourceVersion"));
        return api.apply(place, object, Applied.FORCED);
    }

    private boolean unchanged(Manifest manifest) {
        ObjectNode object = Json.object(manifest.json());
        Place place = Place.of(object, namespace);
        Optional<JsonNode> live = api.get(place);
        return live.isPresent()
                && settled(live.get())
                        .equals(settled(ApiServer.taken(
                                api.dryRun(place, object, Applied.FORCED), "a dry run of " + manifest)));
    }

    private static JsonNode settled(JsonNode object) {
        ObjectNode copy = (ObjectNode) PodTemplates.canonical(object);
        copy.remove("status");
        copy.withObject("/metadata").remove(List.of("managedFields", "resourceVersion", "generation"));
        return copy;
    }
}
