package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.landfall.deploy.InstanceTable;
import java.util.Map;
import java.util.TreeMap;

/** What things are called. */
final class Names {

    static final String APP = "app.kubernetes.io/name";
    static final String ADDRESS_OF = "landfall.io/address-of";
    /** The controller labels each pod with its name. */
    static final String POD_LABEL = "statefulset.kubernetes.io/pod-name";

    static final String CONFIG_HASH = "landfall.io/config-hash";
    static final String GIVEN_UP = "landfall.io/given-up";
    static final String DATA_VOLUME = "data";

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private Names() {}

    static String addresses(InstanceTable table) {
        return table.name() + "-addresses";
    }

    static String peers(InstanceTable table) {
        return table.name() + "-peers";
    }

    static String files(InstanceTable table) {
        return table.name() + "-files";
    }

    /** What the controller calls the volume of a pod. */
    static String claim(InstanceTable table, int ordinal) {
        return DATA_VOLUME + "-" + table.podName(ordinal);
    }

    static Map<String, String> selector(InstanceTable table) {
        return Map.of(APP, table.name());
    }

    static Map<String, String> labels(InstanceTable table) {
        return new TreeMap<>(Map.of(APP, table.name(), MANAGED_BY, "landfall"));
    }

    static ObjectMeta metadata(InstanceTable table, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(table.namespace().orElse(null))
                .withLabels(labels(table))
                .build();
    }
}
