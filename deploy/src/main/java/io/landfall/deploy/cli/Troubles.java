package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.diagnosis.ClusterLogTail;
import io.landfall.deploy.diagnosis.EventStore;
import io.landfall.deploy.diagnosis.EventWatch;
import io.landfall.deploy.diagnosis.PodTrouble;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Why a pod is not ready. Comes back at once: what a container wrote last is read meanwhile, and said the next time. */
final class Troubles implements Function<Pod, Optional<String>>, AutoCloseable {

    private final EventStore events = new EventStore();
    private final EventWatch watch;
    private final LaterLogTail logs;
    private final PodTrouble troubles;

    Troubles(KubernetesClient client, String namespace) {
        this.watch = new EventWatch(client, namespace, events);
        this.logs = new LaterLogTail(new ClusterLogTail(client));
        this.troubles = new PodTrouble(InstantSource.system(), logs);
    }

    void start() {
        watch.start();
    }

    @Override
    public Optional<String> apply(Pod pod) {
        return troubles.of(pod, events.of(pod)).map(trouble -> trouble.sentence() + "; " + trouble.remedy());
    }

    @Override
    public void close() {
        watch.close();
        logs.close();
    }
}
