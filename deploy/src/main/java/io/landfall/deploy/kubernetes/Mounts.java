package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.landfall.deploy.CatSettings;
import io.landfall.deploy.InstanceTable;
import java.util.ArrayList;
import java.util.List;

/** What a pod sees of its files, and where. */
final class Mounts {

    private static final String ADDRESS = "address";
    private static final String SHARED = "shared";
    private static final String DATASOURCE = "datasource";

    private final InstanceTable table;

    Mounts(InstanceTable table) {
        this.table = table;
    }

    List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(new VolumeMountBuilder()
                .withName(Names.DATA_VOLUME)
                .withMountPath(table.storage().path())
                .build());
        mounts.add(new VolumeMountBuilder()
                .withName(ADDRESS)
                .withMountPath("/etc/landfall/eip")
                // The key that has the pod's name, as a file.
                .withSubPathExpr("$(POD_NAME)")
                .withReadOnly(true)
                .build());
        if (table.cat().isPresent()) {
            mounts.add(file(SHARED, Files.CLIENT));
            mounts.add(file(DATASOURCE, Files.DATASOURCES));
        } else {
            // A directory: a file mounted by itself would stay as it was when the pod started.
            mounts.add(new VolumeMountBuilder()
                    .withName(SHARED)
                    .withMountPath("/etc/landfall/peers")
                    .withReadOnly(true)
                    .build());
        }
        return mounts;
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        if (table.storage().claim().isEmpty()) {
            volumes.add(new VolumeBuilder()
                    .withName(Names.DATA_VOLUME)
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .build());
        }
        volumes.add(configMap(ADDRESS, Names.addresses(table)));
        volumes.add(configMap(SHARED, table.cat().isPresent() ? Names.files(table) : Names.peers(table)));
        table.cat()
                .map(CatSettings::datasource)
                .ifPresent(datasource -> volumes.add(new VolumeBuilder()
                        .withName(DATASOURCE)
                        .withNewSecret()
                        .withSecretName(datasource.secret())
                        .endSecret()
                        .build()));
        return volumes;
    }

    /** Beside CAT's data, which it writes into the same directory. */
    private VolumeMount file(String volume, String key) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(table.storage().path() + "/" + key)
                .withSubPath(key)
                .withReadOnly(true)
                .build();
    }

    private static Volume configMap(String volume, String name) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewConfigMap()
                .withName(name)
                .endConfigMap()
                .build();
    }
}
