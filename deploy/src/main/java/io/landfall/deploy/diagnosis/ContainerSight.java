package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A container of a pod, and what its kubelet says of it.
 *
 * @param status null before the kubelet has said anything
 * @param init whether it runs before the others
 */
record ContainerSight(
        ObjectMeta pod, Container spec, @Nullable ContainerStatus status, boolean init) {

    String name() {
        return (init ? "init container " : "container ") + spec.getName();
    }

    Optional<ContainerStateWaiting> waiting() {
        return state(ContainerState::getWaiting);
    }

    Optional<ContainerStateRunning> running() {
        return state(ContainerState::getRunning);
    }

    Optional<ContainerStateTerminated> terminated() {
        return state(ContainerState::getTerminated);
    }

    /** How the run before ended. */
    Optional<ContainerStateTerminated> endedBefore() {
        return Optional.ofNullable(status).map(ContainerStatus::getLastState).map(ContainerState::getTerminated);
    }

    private <T> Optional<T> state(Function<ContainerState, @Nullable T> part) {
        ContainerState state = status == null ? null : status.getState();
        return state == null ? Optional.empty() : Optional.ofNullable(part.apply(state));
    }

    /** Why it waits; empty: it does not, or nobody says. */
    String waitsFor() {
        return waiting().map(ContainerStateWaiting::getReason).orElse("");
    }

    String message() {
        return waiting().map(ContainerStateWaiting::getMessage).orElse("");
    }

    int restarts() {
        return status == null || status.getRestartCount() == null ? 0 : status.getRestartCount();
    }

    boolean ready() {
        return status != null && Boolean.TRUE.equals(status.getReady());
    }

    /** Whether its startup probe has succeeded, where it has one. */
    boolean started() {
        return status != null && Boolean.TRUE.equals(status.getStarted());
    }

    /** One that is to run beside the others, though it is started before them (Kubernetes 1.28). */
    boolean runsOn() {
        return !init || "Always".equals(spec.getRestartPolicy());
    }

    /** Whether an event tells of it: the kubelet names the container. */
    boolean concerns(Event event) {
        String path = event.getInvolvedObject() == null
                ? null
                : event.getInvolvedObject().getFieldPath();
        return path == null || path.isEmpty() || path.endsWith("{" + spec.getName() + "}");
    }

    ContainerRun run(boolean previous) {
        String namespace = pod.getNamespace() == null ? "" : pod.getNamespace();
        String uid = pod.getUid() == null ? "" : pod.getUid();
        return new ContainerRun(namespace, pod.getName(), uid, spec.getName(), restarts(), previous);
    }
}
