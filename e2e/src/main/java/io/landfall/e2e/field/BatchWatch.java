package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.landfall.e2e.cluster.TestNamespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees every event of a Deployment and its pods, and counts those that are not of the template that they all had at first. Nothing of what
 * releases is asked: this is the other side's view.
 */
public final class BatchWatch implements AutoCloseable {

    private static final String HASH = "pod-template-hash";

    private final String app;
    private final Set<String> firstHashes;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> excesses = new ArrayList<>();
    private final SharedIndexInformer<Pod> podEvents;
    private final SharedIndexInformer<Deployment> deploymentEvents;
    private int allowed;
    private int most;
    private int events;

    /**
     * Watches until closed; so far no pod may be new.
     *
     * @param app the label of the pods, and the name of the Deployment
     */
    public BatchWatch(TestNamespace namespace, String app) {
        this.app = app;
        firstHashes = namespace.pods(app).stream().map(BatchWatch::hash).collect(Collectors.toSet());
        podEvents = namespace.client().pods().inNamespace(namespace.name()).inform(new Pods());
        deploymentEvents = namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .inform(new Deployments());
    }

    /** From now on so many pods may be new. Said before whoever releases is told. */
    public synchronized void allow(int pods) {
        allowed = pods;
    }

    /** What was more than allowed, a line for each event that showed it. */
    public synchronized List<String> excesses() {
        return List.copyOf(excesses);
    }

    /** How many new pods there were at most. */
    public synchronized int most() {
        return most;
    }

    /** How many events were looked at. */
    public synchronized int events() {
        return events;
    }

    /** How many new pods have been made altogether, those that are gone included. */
    public synchronized int made() {
        return seen.size();
    }

    @Override
    public void close() {
        podEvents.close();
        deploymentEvents.close();
    }

    private synchronized void changed(Pod pod) {
        if (!app.equals(pod.getMetadata().getLabels().get("app"))) {
            return;
        }
        pods.put(pod.getMetadata().getName(), pod);
        if (!firstHashes.contains(hash(pod))) {
            seen.add(pod.getMetadata().getName());
        }
        look("pods", (int) pods.values().stream().filter(this::isNew).count());
    }

    private synchronized void gone(Pod pod) {
        pods.remove(pod.getMetadata().getName());
    }

    private synchronized void changed(Deployment deployment) {
        Integer updated =
                deployment.getStatus() == null ? null : deployment.getStatus().getUpdatedReplicas();
        // Otherwise the template is that of before, and on the way back its pods are the updated ones.
        boolean released = deployment.getMetadata().getAnnotations() != null
                && deployment
                        .getMetadata()
                        .getAnnotations()
                        .getOrDefault("landfall.io/release", "")
                        .contains("FORWARD");
        boolean observed = deployment.getStatus() != null
                && deployment
                        .getMetadata()
                        .getGeneration()
                        .equals(deployment.getStatus().getObservedGeneration());
        if (app.equals(deployment.getMetadata().getName()) && updated != null && released && observed) {
            look("status.updatedReplicas", updated);
        }
    }

    private void look(String what, int count) {
        events++;
        most = Math.max(most, count);
        if (count > allowed) {
            excesses.add(what + ": " + count + " new, " + allowed + " allowed");
        }
    }

    private boolean isNew(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && !firstHashes.contains(hash(pod));
    }

    private static String hash(Pod pod) {
        return String.valueOf(pod.getMetadata().getLabels().get(HASH));
    }

    private final class Pods implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            changed(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            changed(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            gone(pod);
        }
    }

    private final class Deployments implements ResourceEventHandler<Deployment> {
        @Override
        public void onAdd(Deployment deployment) {
            changed(deployment);
        }

        @Override
        public void onUpdate(Deployment before, Deployment deployment) {
            changed(deployment);
        }

        @Override
        public void onDelete(Deployment deployment, boolean finalStateUnknown) {
            // The test ends.
        }
    }
}
