package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one pod, copied into a file while it is written: when the pod is gone, its log is gone from the cluster. A
 * copy that breaks off, because the API server is away, begins anew from the first line.
 */
final class PodLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PodLog.class);
    private static final long RETRY_MILLIS = 500;

    private final KubernetesClient client;
    private final Pod pod;
    private final Path file;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean gone;
    private volatile @Nullable Instant lastLineBy;

    private PodLog(KubernetesClient client, Pod pod, Path file) {
        this.client = client;
        this.pod = pod;
        this.file = file;
    }

    static PodLog follow(KubernetesClient client, Pod pod, Path file) {
        PodLog followed = new PodLog(client, pod, file);
        Thread thread = new Thread(
                followed::copyUntilGone, "log-of-" + pod.getMetadata().getName());
        thread.setDaemon(true);
        thread.start();
        return followed;
    }

    boolean hasEnded() {
        return end.getCount() == 0;
    }

    /** When there was no more to read, which is when the container ended; empty if nothing was read. */
    Optional<Instant> endedAt() {
        return Optional.ofNullable(lastLineBy);
    }

    /** No use in beginning anew. */
    void podIsGone() {
        gone = true;
    }

    @Override
    public void close() {
        gone = true;
        end.countDown();
    }

    private void copyUntilGone() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean complete = false;
            while (!complete && !gone) {
                complete = copyAll();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot write " + file, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            end.countDown();
        }
    }

    /** False if the copy broke off. The first copy is written to its place at once, so that it can be read as it grows. */
    private boolean copyAll() throws IOException, InterruptedException {
        Path copy = Files.exists(file) ? file.resolveSibling(file.getFileName() + ".part") : file;
        try (LogWatch watch = client.pods().resource(pod).watchLog();
                InputStream lines = watch.getOutput()) {
            Files.copy(lines, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | KubernetesClientException | CompletionException broken) {
            log.debug("The log of {} broke off: {}", pod.getMetadata().getName(), broken.toString());
        }
        if (copy.equals(file) || keepsTheLonger(copy)) {
            lastLineBy = Instant.now();
        }
        return containerHasEnded() || !retryLater();
    }

    /** Whether the new copy is the longer one. */
    private boolean keepsTheLonger(Path copy) throws IOException {
        if (Files.exists(copy) && Files.size(copy) > Files.size(file)) {
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
        Files.deleteIfExists(copy);
        return false;
    }

    private boolean retryLater() throws InterruptedException {
        return !end.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean containerHasEnded() {
        try {
            Pod now = client.pods().resource(pod).get();
            return now == null
                    || now.getStatus().getContainerStatuses().stream()
                            .allMatch(container -> container.getState().getTerminated() != null);
        } catch (KubernetesClientException | CompletionException apiServerIsAway) {
            return false;
        }
    }
}
