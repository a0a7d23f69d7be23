package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of each pod of a namespace, also after it is gone: its log in a file, and how it ended. */
public final class PodRecords implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PodRecords.class);

    private final Map<String, PodLog> logs = new ConcurrentHashMap<>();
    private final Map<String, PodEnd> ends = new ConcurrentHashMap<>();
    private final Map<String, Integer> restarts = new ConcurrentHashMap<>();
    private final KubernetesClient client;
    private final Path folder;
    private final SharedIndexInformer<Pod> pods;

    PodRecords(KubernetesClient client, String namespace, Path folder) {
        this.client = client;
        this.folder = folder;
        pods = client.pods().inNamespace(namespace).runnableInformer(0);
        // Also when the API server is away for longer than the client's own patience.
        pods.exceptionHandler((started, problem) -> true);
        pods.addEventHandler(new Recorder());
        pods.run();
    }

    /** Those that were deleted and have ended, in no order. */
    public List<PodEnd> ends() {
        return List.copyOf(ends.values());
    }

    /** How often the kubelet has started containers anew, all pods together. */
    public int restarts() {
        return restarts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Where the log of a pod goes; the file is there once the pod has run. */
    public Path log(String pod) {
        return folder.resolve(pod + ".log");
    }

    /** The logs of all pods whose names begin so. */
    public List<Path> logs(String prefix) {
        return logs.keySet().stream()
                .filter(pod -> pod.startsWith(prefix))
                .sorted()
                .map(this::log)
                .toList();
    }

    /** Whether the log of a pod that is gone has been read to its end. */
    public boolean isLogComplete(String pod) {
        PodLog known = logs.get(pod);
        return known == null || known.hasEnded();
    }

    @Override
    public void close() {
        pods.close();
        logs.values().forEach(PodLog::close);
    }

    private void record(Pod pod) {
        String name = pod.getMetadata().getName();
        Optional<ContainerStatus> status =
                pod.getStatus().getContainerStatuses().stream().findFirst();
        status.ifPresent(container -> restarts.put(name, container.getRestartCount()));
        if (status.map(ContainerStatus::getState).filter(PodRecords::hasBegun).isPresent()) {
            logs.computeIfAbsent(name, n -> PodLog.follow(client, pod, log(n)));
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            status.map(container -> container.getState().getTerminated())
                    .ifPresent(ended -> ends.put(name, end(pod.getMetadata(), ended)));
        }
    }

    private static boolean hasBegun(ContainerState state) {
        return state.getRunning() != null || state.getTerminated() != null;
    }

    private static PodEnd end(ObjectMeta meta, ContainerStateTerminated ended) {
        Instant endedAt = Instant.parse(ended.getFinishedAt());
        return new PodEnd(meta.getName(), askedAt(meta).orElse(endedAt), endedAt, ended.getExitCode());
    }

    /** By the end of its log, since Kubernetes does not say. */
    private PodEnd endByLog(ObjectMeta meta) {
        Instant ended = Optional.ofNullable(logs.get(meta.getName()))
                .flatMap(PodLog::endedAt)
                .orElseGet(Instant::now);
        return new PodEnd(meta.getName(), askedAt(meta).orElse(ended), ended, PodEnd.EXIT_CODE_UNKNOWN);
    }

    /** The deletion timestamp is when the grace period will be over, not when it began. */
    private static Optional<Instant> askedAt(ObjectMeta meta) {
        long grace = Optional.ofNullable(meta.getDeletionGracePeriodSeconds()).orElse(0L);
        return Optional.ofNullable(meta.getDeletionTimestamp())
                .map(Instant::parse)
                .map(end -> end.minusSeconds(grace));
    }

    private final class Recorder implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            record(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            record(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            record(pod);
            String name = pod.getMetadata().getName();
            // An older kubelet may let go of a pod without having said how its container ended.
            PodEnd end = ends.computeIfAbsent(name, n -> endByLog(pod.getMetadata()));
            log.info(
                    "{} is gone, after {} s with exit code {}", name, end.took().toSeconds(), end.exitCode());
            PodLog known = logs.get(pod.getMetadata().getName());
            if (known != null) {
                known.podIsGone();
            }
        }
    }
}
