package io.landfall.deploy.cluster;

import java.util.List;
import java.util.stream.Stream;

/** What Landfall writes into the metadata of objects. */
final class Marks {

    /** On a workload: how far its release is. */
    static final String RELEASE = "landfall.io/release";

    /** On a workload: what ended last. */
    static final String LAST_ORDER = "landfall.io/last-order";

    /** On an autoscaler: its bounds when it is not held. */
    static final String HELD = "landfall.io/held";

    /** A label of ConfigMaps with orders. */
    static final String IS_ORDER = "landfall.io/release-order";

    /** On a pod template: application, {@code /}, version of its configuration. */
    static final String SNAPSHOT = "landfall.io/snapshot";

    /** On a workload: what its revision was made of, as templates write it. It goes and comes back with the revision. */
    static final List<String> OF_REVISION = List.of("landfall.io/commit", "landfall.io/deploy-config");

    /** On a workload: all of them. */
    static final List<String> ALL =
            Stream.concat(Stream.of(RELEASE, LAST_ORDER), OF_REVISION.stream()).toList();

    private Marks() {}
}
