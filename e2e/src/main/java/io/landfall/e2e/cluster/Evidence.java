package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody needs who asks why a test failed. The pods' logs are in the test's folder already. */
final class Evidence {

    private static final Logger log = LoggerFactory.getLogger(Evidence.class);

    private Evidence() {}

    /** Never fails: the test's own failure is what counts. */
    static void collect(TestNamespace namespace) {
        try {
            Files.createDirectories(namespace.folder());
            namespace.cluster().script().ifPresent(script -> copyLogs(script.logs(), namespace.folder()));
            writeObjects(namespace);
            log.error("What is known of the failed test is in {}", namespace.folder());
        } catch (IOException | RuntimeException incomplete) {
            log.error("Could not collect everything in {}", namespace.folder(), incomplete);
        }
    }

    private static void writeObjects(TestNamespace namespace) throws IOException {
        KubernetesClient client = namespace.client();
        try {
            Files.writeString(namespace.folder().resolve("events.txt"), events(client, namespace.name()));
            Files.writeString(
                    namespace.folder().resolve("pods.yaml"),
                    Serialization.asYaml(
                            client.pods().inNamespace(namespace.name()).list()));
            Files.writeString(
                    namespace.folder().resolve("endpoints.yaml"),
                    Serialization.asYaml(
                            client.endpoints().inNamespace(namespace.name()).list()));
        } catch (KubernetesClientException apiServerIsAway) {
            log.error("The API server did not say what is in {}", namespace.name(), apiServerIsAway);
        }
    }

    private static String events(KubernetesClient client, String namespace) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(Evidence::line)
                .sorted()
                .collect(Collectors.joining());
    }

    private static String line(Event event) {
        return "%s %s %s/%s: %s%n"
                .formatted(
                        event.getLastTimestamp() == null ? event.getEventTime() : event.getLastTimestamp(),
                        event.getReason(),
                        event.getInvolvedObject().getKind(),
                        event.getInvolvedObject().getName(),
                        event.getMessage());
    }

    private static void copyLogs(Path from, Path to) {
        try (Stream<Path> logs = Files.list(from)) {
            Path folder = Files.createDirectories(to.resolve("cluster"));
            for (Path file : logs.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException unreadable) {
            log.error("Could not copy the cluster's logs from {}", from, unreadable);
        }
    }
}
