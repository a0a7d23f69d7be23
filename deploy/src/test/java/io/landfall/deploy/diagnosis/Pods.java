package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Pods as an API server shows them, and what is said of them at a quarter past eight. */
final class Pods {

    static final Instant NOW = Instant.parse("2026-03-01T08:15:00Z");

    private Pods() {}

    /** A pod on node n1 of one container; its state and other fields are given. */
    static Pod running(String containerStatus) {
        return pod(
                "",
                "phase: Running\nconditions: [{type: Ready, status: 'False', reason: ContainersNotReady}]\n"
                        + "containerStatuses:\n- " + containerStatus.indent(2).strip() + "\n");
    }

    /** Of which the kubelet has said nothing yet. */
    static Pod made() {
        return pod("", "phase: Pending\n");
    }

    static Pod waiting(String reason, String message) {
        return running("{name: shop, ready: false, restartCount: 0, state: {waiting: {reason: " + reason
                + ", message: '" + message.replace("'", "''") + "'}}}");
    }

    static Pod unscheduled(String message) {
        Pod pod = pod(
                "",
                "phase: Pending\nconditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: '"
                        + message.replace("'", "''") + "'}]\n");
        pod.getSpec().setNodeName(null);
        return pod;
    }

    static Pod pod(String spec, String status) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: shop-7f9c-x2x, namespace: prod, uid: u1, creationTimestamp: '2026-03-01T08:00:00Z'}
                spec:
                  nodeName: n1
                """ + spec.indent(2) + """
                  containers:
                  - name: shop
                    image: registry.example.com/shop:1.4.3
                    resources: {requests: {cpu: "2", memory: 9Gi}, limits: {memory: 512Mi}}
                    readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 5, timeoutSeconds: 2}
                    livenessProbe: {tcpSocket: {port: http}}
                status:
                """ + status.indent(2), Pod.class);
    }

    static Event event(String reason, String message) {
        return event(reason, message, "2026-03-01T08:14:00Z");
    }

    static Event event(String reason, String message, @org.jspecify.annotations.Nullable String time) {
        Event event = Serialization.unmarshal(
                "--- {apiVersion: v1, kind: Event, type: Warning, count: 3, involvedObject: {kind: Pod, namespace: prod, name: shop-7f9c-x2x,"
                        + " uid: u1, fieldPath: 'spec.containers{shop}'}}",
                Event.class);
        event.setReason(reason);
        event.setMessage(message);
        event.setLastTimestamp(time);
        return event;
    }

    static Optional<Trouble> trouble(Pod pod, Event... events) {
        return trouble(pod, LogTail.none(), events);
    }

    static Optional<Trouble> trouble(Pod pod, LogTail logs, Event... events) {
        return new PodTrouble(InstantSource.fixed(NOW), logs).of(pod, List.copyOf(Arrays.asList(events)));
    }

    static String sentence(Pod pod, Event... events) {
        return trouble(pod, events).map(Trouble::sentence).orElse("nothing");
    }
}
