package io.landfall.deploy.diagnosis;

/**
 * One run of a container.
 *
 * @param namespace of its pod
 * @param pod its name
 * @param uid of the pod: another one may get its name
 * @param container its name
 * @param restarts how often it had been started again
 * @param previous whether a later run of it has begun, or is waited for
 */
public record ContainerRun(
        String namespace, String pod, String uid, String container, int restarts, boolean previous) {}
