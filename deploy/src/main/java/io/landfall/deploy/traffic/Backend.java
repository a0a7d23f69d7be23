package io.landfall.deploy.traffic;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where traffic goes.
 *
 * @param application whose it is; its name is in the label {@code app.kubernetes.io/name} of what is applied
 * @param namespace where it runs
 * @param labels of the Service beside those that say whose it is
 * @param selector the labels of its pods; at least one
 */
public record Backend(String application, String namespace, Map<String, String> labels, Map<String, String> selector) {

    /** Copies the maps. */
    public Backend {
        labels = new TreeMap<>(labels);
        selector = new TreeMap<>(selector);
    }
}
