package io.landfall.deploy.release;

/**
 * Which workload.
 *
 * @param kind its kind
 * @param namespace where it is
 * @param name what it is called
 */
public record WorkloadName(Kind kind, String namespace, String name) {

    /** What has batches. */
    public enum Kind {
        /** Batches by the share that may be unavailable. */
        DEPLOYMENT("Deployment"),
        /** Batches by partition. */
        STATEFUL_SET("StatefulSet");

        private final String kubernetes;

        Kind(String kubernetes) {
            this.kubernetes = kubernetes;
        }

        /** As Kubernetes writes it. */
        public String kubernetes() {
            return kubernetes;
        }
    }

    @Override
    public String toString() {
        return kind.kubernetes() + " " + namespace + "/" + name;
    }
}
