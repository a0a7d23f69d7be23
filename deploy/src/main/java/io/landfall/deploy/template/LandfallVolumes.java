package io.landfall.deploy.template;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;

/** What pods see below {@code /etc/landfall}: their address outside, and their configuration. */
final class LandfallVolumes {

    private static final String ETC = "/etc/landfall/";
    private static final String ADDRESS = "eip";
    private static final String CONFIG = "config";
    private static final String LIVE = "live";

    private final RenderRequest request;

    LandfallVolumes(RenderRequest request) {
        this.request = request;
    }

    List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        if (tellsAddress()) {
            mounts.add(new VolumeMountBuilder()
                    .withName(ADDRESS)
                    .withMountPath(ETC + ADDRESS)
                    .withSubPath(ADDRESS)
                    .withReadOnly(true)
                    .build());
        }
        if (request.snapshot().isPresent()) {
            mounts.add(directory(CONFIG, ETC + "config"));
            mounts.add(directory(LIVE, ETC + "config-live"));
        }
        return mounts;
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        if (tellsAddress()) {
            volumes.add(new VolumeBuilder()
                    .withName(ADDRESS)
                    .withNewDownwardAPI()
                    .addNewItem()
                    .withPath(ADDRESS)
                    .withNewFieldRef()
                    .withFieldPath("metadata.annotations['" + Keys.EIP + "']")
                    .endFieldRef()
                    .endItem()
                    .endDownwardAPI()
                    .build());
        }
        request.snapshot().ifPresent(snapshot -> {
            volumes.add(projected(
                    CONFIG,
                    snapshot.objects().stream()
                            .map(object -> source(object.secret(), object.name(), false))
                            .toList()));
            // Empty for as long as there is no hot revision.
            volumes.add(projected(
                    LIVE, List.of(source(false, snapshot.live(), true), source(true, snapshot.live(), true))));
        });
        return volumes;
    }

    /** Each instance of a table gets its own, from a ConfigMap. */
    private boolean tellsAddress() {
        return request.environment().registered().isPresent()
                && request.environment().instances().isEmpty();
    }

    private static VolumeMount directory(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private static Volume projected(String name, List<VolumeProjection> sources) {
        return new VolumeBuilder()
                .withName(name)
                .withNewProjected()
                .withSources(sources)
                .endProjected()
                .build();
    }

    private static VolumeProjection source(boolean secret, String name, boolean optional) {
        VolumeProjectionBuilder source = new VolumeProjectionBuilder();
        if (secret) {
            source.withNewSecret()
                    .withName(name)
                    .withOptional(optional ? true : null)
                    .endSecret();
        } else {
            source.withNewConfigMap()
                    .withName(name)
                    .withOptional(optional ? true : null)
                    .endConfigMap();
        }
        return source.build();
    }
}
