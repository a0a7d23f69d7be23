package io.landfall.deploy.instances;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.Storage;
import io.landfall.deploy.Storage.Claim;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import java.util.Optional;

/** Reads what the cluster lends: volumes, and addresses. */
final class PlacementReading {

    private static final String CAT_HOME = "/data/appdatas/cat";
    private static final String DATA_DEFAULT = "/data";

    private PlacementReading() {}

    /** {@code ephemeral}, or a claim: data that goes with the pod is nothing to get by leaving a line out. */
    static Optional<Storage> storage(Fields fields, boolean cat) {
        String path = cat ? CAT_HOME : DATA_DEFAULT;
        if (!fields.has("storage")) {
            fields.missing("storage");
        }
        if (fields.isWord("storage")) {
            fields.optional("storage")
                    .filter(value -> !value.text().equals("ephemeral"))
                    .ifPresent(value -> value.refuse(
                            "'" + value.text() + "' is unknown", "write {size: 100Gi, class: fast}, or ephemeral"));
            return Optional.of(new Storage(path, Optional.empty()));
        }
        return fields.mapping("storage").flatMap(claim -> claim(claim, path, cat));
    }

    private static Optional<Storage> claim(Fields fields, String path, boolean cat) {
        Optional<String> size =
                fields.required("size").flatMap(value -> value.read(Formats::quantity, "write one such as 100Gi"));
        Optional<String> storageClass = fields.optional("class").flatMap(value -> value.name(NameRule.DNS_SUBDOMAIN));
        Optional<String> mounted = cat
                ? Optional.of(path)
                : fields.optional("path").flatMap(value -> value.read(Formats::path, "write one such as /data"));
        fields.end();
        return size.map(bytes -> new Storage(mounted.orElse(path), Optional.of(new Claim(bytes, storageClass))));
    }

    /** Who routes the addresses. */
    static Balancer balancer(Fields fields) {
        if (!fields.has("load-balancer")) {
            fields.missing("load-balancer");
        }
        return fields.mapping("load-balancer").map(BalancerReading::read).orElse(BalancerReading.NONE);
    }
}
