package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last words of containers, from their logs in the cluster. Each run is asked for once: what a container wrote before it ended does
 * not change. For several threads; a call may take as long as the client's time-out.
 */
public final class ClusterLogTail implements LogTail {

    private static final Logger log = LoggerFactory.getLogger(ClusterLogTail.class);
    /** Enough for the end of a Java stack trace. */
    private static final int LINES = 60;

    private static final int BYTES = 64 * 1024;
    private static final int AT_MOST = 1 << 20;

    private static final int RUNS = 500;
    private static final Pattern FRAME = Pattern.compile("^\\s*(?:at [\\w.$/@<>-]+\\(.*\\)|\\.\\.\\. \\d+ .*)\\s*$");

    private final KubernetesClient client;
    private final Map<ContainerRun, Optional<String>> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Asks nothing yet.
     *
     * @param client whose time-outs count; closed by whoever made it
     */
    public ClusterLogTail(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> apply(ContainerRun run) {
        synchronized (known) {
            Optional<String> before = known.get(run);
            if (before != null) {
                return before;
            }
        }
        // Not under the lock: one slow node is not to hold up what is known of others.
        Optional<String> line = read(run);
        synchronized (known) {
            known.put(run, line);
            if (known.size() > RUNS) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return line;
    }

    private Optional<String> read(ContainerRun run) {
        try (InputStream text = log(run)) {
            return telling(end(text.readNBytes(AT_MOST)));
        } catch (KubernetesClientException | IOException refused) {
            log.debug("The log of {} cannot be read: {}", run, refused.getMessage());
            return Optional.empty();
        }
    }

    private InputStream log(ContainerRun run) {
        ContainerResource container =
                client.pods().inNamespace(run.namespace()).withName(run.pod()).inContainer(run.container());
        // The kubelet's own limit of bytes counts from the first of the lines, and would cut off the last.
        return (run.previous() ? container.terminated() : container)
                .tailingLines(LINES)
                .getLogInputStream();
    }

    private static String end(byte[] text) {
        int from = Math.max(0, text.length - BYTES);
        return new String(text, from, text.length - from, StandardCharsets.UTF_8);
    }

    /** The last line that is no frame of a stack trace: the innermost cause, or what was written after it. */
    static Optional<String> telling(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (!FRAME.matcher(lines.get(i)).matches()) {
                return Optional.of(lines.get(i));
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }
}
