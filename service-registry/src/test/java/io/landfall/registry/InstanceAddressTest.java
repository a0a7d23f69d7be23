package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At which address a process is registered. */
class InstanceAddressTest {

    private final Notebook notebook = new Notebook();
    private final LogLines log = new LogLines();
    private final List<Registration> made = new ArrayList<>();

    @AfterEach
    void close() {
        made.forEach(Registration::close);
        log.close();
    }

    @Test
    void shouldTakeThePortOfTheProcessWhereTheAddressHasNone() {
        orders("landfall.registry.address", "203.0.113.10").register();

        await().until(() -> notebook.calls.contains("enter 203.0.113.10:8080"));
    }

    @Test
    void shouldGiveEachPodANameBelowAWildcard() {
        orders("landfall.registry.address", "*.orders.example").register();

        await().until(() -> notebook.calls.contains("enter orders-0.orders.example:8080"));
    }

    @Test
    void shouldFollowAFileThatChangesWithoutLeaving(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("eip"), "203.0.113.10:30080\n");
        Registration registration = orders("landfall.eip.file", file.toString());
        registration.register();
        await().until(registration::registered);

        Files.writeString(file, "somewhere else");
        await().until(() -> log.lines().stream().anyMatch(line -> line.contains("Staying at 203.0.113.10:30080")));
        Files.writeString(file, "203.0.113.11:30080\n");
        await().until(() -> notebook.calls.contains("enter 203.0.113.11:30080"));

        assertThat(notebook.calls).doesNotContain("remove");
        assertThat(log.lines()).filteredOn(line -> line.contains("Staying at")).hasSize(1);
    }

    @Test
    void shouldNotStartWhereNobodyKnowsTheAddress() {
        assertThatThrownBy(() -> orders("landfall.eip.file", "/nowhere/eip"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/nowhere/eip");
    }

    @Test
    void shouldTakeThePodsOwnAddressWhereThatIsAllowed() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "landfall.registry.enabled", "true",
                "landfall.registry.wait", "0s",
                "landfall.registry.missing", "pod-ip",
                "landfall.eip.file", "/nowhere/eip",
                "landfall.pod.name", "orders-0",
                "landfall.pod.ip", "10.244.1.7"));
        Registration registration =
                notebook.orders(RegistrySettings.read(properties::getProperty, Map.of()), Duration.ofSeconds(5));
        made.add(registration);
        registration.register();

        await().until(() -> notebook.calls.contains("enter 10.244.1.7:8080"));
    }

    private Registration orders(String name, String value) {
        Registration registration = notebook.orders(Notebook.settings(name, value), Duration.ofSeconds(5));
        made.add(registration);
        return registration;
    }
}
