package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.registry.RegistrySettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.client.DefaultServiceInstance;
import org.junit.jupiter.api.Test;

/** Where consumers outside find an instance's metadata service. */
class InstanceEntryTest {

    private static final URL PROVIDER = URL.valueOf("dubbo://10.244.0.7:20880/Orders?interface=Orders&connections=2");
    private static final String URL_PARAMETERS = "dubbo.metadata-service.url-params";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "landfall.registry.address", "*.pods.example.com:30880",
            "landfall.pod.name", "orders-0"));

    @Test
    void shouldPutAProviderAtThePodsName() {
        assertThat(entry().at(PROVIDER)).satisfies(url -> {
            assertThat(url.getAddress()).isEqualTo("orders-0-0.pods.example.com:30880");
            assertThat(url.getParameter("warmup")).isEqualTo("0");
            assertThat(url.getParameter("heartbeat")).isEqualTo("1800");
            assertThat(url.getParameter("connections"))
                    .as("shared by all interfaces")
                    .isNull();
            assertThat(url.getParameter("landfall.pod"))
                    .as("would keep metadata apart")
                    .isNull();
        });
    }

    @Test
    void shouldTakeThePortOfTheProviderThatTheMetadataServiceSharesOneWith() {
        settings.put("landfall.registry.ports", "dubbo:30881, tri:30051");
        InstanceEntry entry = entry();
        entry.at(PROVIDER);
        entry.at(PROVIDER.setProtocol("tri").setPort(50051));

        assertThat(described(entry, "dubbo", 20880)).contains("\"port\":\"30881\"");
        assertThat(described(entry, "tri", 50051)).contains("\"port\":\"30051\"");
        assertThat(described(entry, "tri", 20880))
                .as("several protocols on one port")
                .contains("\"port\":\"30881\"");
    }

    @Test
    void shouldTakeThePortThatIsNamedForItsOwn() {
        settings.put("landfall.registry.ports", "metadata:30885");
        InstanceEntry entry = entry();
        entry.at(PROVIDER);

        assertThat(described(entry, "dubbo", 20885)).contains("\"port\":\"30885\"");
    }

    @Test
    void shouldKeepItsOwnPortWherePortsOutsideAreTheSame() {
        settings.put("landfall.registry.address", "*.pods.example.com");
        InstanceEntry entry = entry();
        entry.at(PROVIDER);

        assertThat(described(entry, "dubbo", 20885)).contains("\"port\":\"20885\"");
    }

    @Test
    void shouldSayWhatToDoAboutAPortThatNobodyKnowsOutside() {
        InstanceEntry entry = entry();
        entry.at(PROVIDER);

        assertThatThrownBy(() -> described(entry, "dubbo", 20885))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("metadata service listens on port 20885")
                .hasMessageContaining("add metadata:<port> to landfall.registry.ports");
    }

    private InstanceEntry entry() {
        RegistrySettings read = RegistrySettings.read(settings::get, Map.of());
        return new InstanceEntry(read.addresses().require(), read);
    }

    private static String described(InstanceEntry entry, String protocol, int port) {
        DefaultServiceInstance instance = new DefaultServiceInstance();
        instance.getMetadata()
                .put(
                        URL_PARAMETERS,
                        "{\"version\":\"1.0.0\",\"port\":\"" + port + "\",\"protocol\":\"" + protocol + "\"}");
        entry.describe(instance);
        return instance.getMetadata(URL_PARAMETERS);
    }
}
