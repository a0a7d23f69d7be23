package io.landfall.deploy.template;

import io.landfall.deploy.application.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Parameters that all templates of the house take. */
final class CommonParameters {

    static final String DRAIN_DEADLINE = "drain-deadline";
    static final String STARTUP_DEADLINE = "startup-deadline";
    static final String PROBES = "probes";
    static final String PROBE_PORT = "probe-port";
    static final String PRE_STOP = "pre-stop";
    static final String PRE_STOP_SLEEP = "pre-stop-sleep";
    static final String MIN_READY = "min-ready";
    static final String REVISION_HISTORY = "revision-history";
    static final String SERVICE_ACCOUNT = "service-account";
    static final String PULL_POLICY = "image-pull-policy";
    static final String PULL_SECRET = "image-pull-secret";
    static final String PRIORITY_CLASS = "priority-class";
    static final String SPREAD = "spread";
    static final String AGENT = "agent";

    private CommonParameters() {}

    /** Of every pod. */
    static List<Parameter> ofPods() {
        return List.of(
                Parameter.of(
                        DRAIN_DEADLINE,
                        Parameter.Type.DURATION,
                        "30s",
                        "how long a pod that stops waits for running calls; its grace period is 15 s more"),
                Parameter.optional(
                        SERVICE_ACCOUNT,
                        Parameter.Type.STRING,
                        "the ServiceAccount whose rights pods have; none: no rights"),
                Parameter.choice(PULL_POLICY, "when images are pulled", "IfNotPresent", "Always", "Never"),
                Parameter.optional(PULL_SECRET, Parameter.Type.STRING, "the Secret for the registry of images"),
                Parameter.optional(PRIORITY_CLASS, Parameter.Type.STRING, "the PriorityClass of pods"),
                Parameter.optional(
                        AGENT,
                        Parameter.Type.STRING,
                        "the path in the image of the agent that tells a JVM its external address"));
    }

    /**
     * Of pods that serve.
     *
     * @param probes how a kubelet asks, the default first
     * @param preStop what is done before a pod is told to stop, the default first
     */
    static List<Parameter> ofServices(List<String> probes, List<String> preStop) {
        List<Parameter> parameters = new ArrayList<>(ofPods());
        parameters.addAll(List.of(
                Parameter.choice(
                        PROBES,
                        "how a kubelet asks: graceful-shutdown's sidecar, Spring Boot's actuator, a connection, or not at all",
                        probes.toArray(new String[0])),
                Parameter.of(PROBE_PORT, Parameter.Type.INTEGER, "8719", "the port of the sidecar"),
                Parameter.of(
                        STARTUP_DEADLINE,
                        Parameter.Type.DURATION,
                        "5m",
                        "how long a start may take until it is tried anew"),
                Parameter.choice(
                        PRE_STOP,
                        "what is done before a pod is told to stop: nothing, a sleep for callers to hear of it, or the drain, by"
                                + " curl in the container, for a process that hears no SIGTERM",
                        preStop.toArray(new String[0])),
                Parameter.of(PRE_STOP_SLEEP, Parameter.Type.DURATION, "5s", "how long it sleeps before"),
                Parameter.of(
                        MIN_READY, Parameter.Type.DURATION, "5s", "how long a pod has to be ready until it counts"),
                Parameter.of(
                        REVISION_HISTORY, Parameter.Type.INTEGER, "10", "how many earlier revisions Kubernetes keeps"),
                Parameter.choice(SPREAD, "over what pods are spread", "hosts", "zones", "none")));
        return List.copyOf(parameters);
    }
}
