package io.landfall.e2e.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * How a pod that was deleted ended. Kubernetes keeps times in whole seconds.
 *
 * @param askedAt when it was asked to end: the request to delete it
 * @param endedAt when its container had ended: by Kubernetes, or by the end of its log if Kubernetes did not say
 * @param exitCode 143 after SIGTERM, 137 after SIGKILL, {@link #EXIT_CODE_UNKNOWN}
 */
public record PodEnd(String pod, Instant askedAt, Instant endedAt, int exitCode) {

    /** Nobody said how the container ended. */
    public static final int EXIT_CODE_UNKNOWN = -1;

    /** From the request to the end of the container. */
    public Duration took() {
        return Duration.between(askedAt, endedAt);
    }
}
