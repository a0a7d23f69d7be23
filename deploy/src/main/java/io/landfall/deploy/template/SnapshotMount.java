package io.landfall.deploy.template;

import java.util.List;

/**
 * A version of the configuration, as pods mount it.
 *
 * @param application whose
 * @param version which
 * @param objects that it is stored in, the one with the manifest first
 */
public record SnapshotMount(String application, String version, List<StoredIn> objects) {

    /** Copies the list. */
    public SnapshotMount {
        objects = List.copyOf(objects);
    }

    /**
     * An object that a part is stored in.
     *
     * @param secret whether it is a Secret, and else a ConfigMap
     * @param name of the object
     */
    public record StoredIn(boolean secret, String name) {}

    /** As pods are annotated with it: {@code orders/1.4.2}. */
    public String id() {
        return application + "/" + version;
    }

    /** The object with the live hot revision, which need not be there. */
    String live() {
        return application + "-config-" + version + "--live";
    }
}
