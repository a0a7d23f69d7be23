package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.Storage.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The template "StatefulSet with an address for each pod". A pure function: the same table gives the same objects. */
public final class StatefulTemplate {

    private StatefulTemplate() {}

    /**
     * Renders a table, in the order in which it is to be applied: what pods mount, what leads to them, the pods.
     *
     * @param passwords a password by the name of its variable
     * @throws IllegalArgumentException if a password cannot be written
     */
    public static List<HasMetadata> render(InstanceTable table, UnaryOperator<String> passwords) {
        Files files = new Files(table);
        Services services = new Services(table);
        List<HasMetadata> objects = new ArrayList<>(List.of(files.addresses(), files.shared()));
        files.datasources(passwords).ifPresent(objects::add);
        objects.add(services.headless());
        table.instances().forEach(instance -> objects.add(services.external(instance)));
        objects.add(statefulSet(table, files));
        return List.copyOf(objects);
    }

    /** Objects as YAML, one document each. */
    public static String yaml(List<HasMetadata> objects) {
        return objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
    }

    /**
     * OrderedReady twice over: pods come one after the other, each when the one before is ready; and a new template replaces
     * them one after the other, the last first, so that one that does not come up stops it.
     */
    private static StatefulSet statefulSet(InstanceTable table, Files files) {
        return new StatefulSetBuilder()
                .withMetadata(Names.metadata(table, table.name()))
                .withNewSpec()
                .withServiceName(table.name())
                .withReplicas(table.instances().size())
                .withPodManagementPolicy("OrderedReady")
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(Names.selector(table))
                .endSelector()
                .withTemplate(new PodTemplate(table, files).spec())
                .withVolumeClaimTemplates(table.storage().claim().stream()
                        .map(claim -> claim(table, claim))
                        .toList())
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim(InstanceTable table, Claim claim) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(Names.DATA_VOLUME)
                .withLabels(Names.labels(table))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(claim.storageClass().orElse(null))
                .withNewResources()
                .addToRequests("storage", new Quantity(claim.size()))
                .endResources()
                .endSpec()
                .build();
    }
}
