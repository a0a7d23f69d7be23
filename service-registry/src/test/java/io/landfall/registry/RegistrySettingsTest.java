package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.landfall.registry.RegistrySettings.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {

    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void shouldStayOutOfTheWayOutsideAPod() {
        RegistrySettings settings = read();

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.share()).isEmpty();
        assertThat(settings.missing()).isEqualTo(Missing.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "KUBERNETES_SERVICE_HOST, 10.96.0.1",
        "LANDFALL_REGISTRY_ADDRESS, 10.1.2.3",
        "LANDFALL_EIP_FILE, /etc/landfall/eip",
        "LANDFALL_REGISTRY_ENABLED, true",
    })
    void shouldBeEnabledByAVariable(String variable, String value) {
        environment.put("POD_NAME", "orders-0");
        environment.put(variable, value);

        assertThat(read().enabled()).isTrue();
        assertThat(read().share()).contains(new PodShare("orders-0", PodShare.DEFAULT_ENTRIES));
    }

    @ParameterizedTest
    @CsvSource({"landfall.registry.address, 10.1.2.3", "landfall.eip.file, /tmp/eip", "landfall.registry.enabled, true"
    })
    void shouldBeEnabledByAProperty(String property, String value) {
        properties.setProperty("landfall.pod.name", "orders-0");
        properties.setProperty(property, value);

        assertThat(read().enabled()).isTrue();
    }

    @Test
    void shouldBeSwitchedOffEvenInAPod() {
        environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        properties.setProperty("landfall.registry.enabled", "false");

        assertThat(read().enabled()).isFalse();
        assertThat(read().share()).as("nobody asks for its name").isEmpty();
    }

    @Test
    void shouldNotBeEnabledByBlanks() {
        environment.put("LANDFALL_REGISTRY_ADDRESS", " ");
        environment.put("LANDFALL_EIP_FILE", "");

        assertThat(read().enabled()).isFalse();
    }

    @Test
    void shouldLookAtThePropertyThenTheVariableThenTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("eip"), "10.0.0.3\n");
        environment.put("POD_NAME", "orders-0");
        environment.put("LANDFALL_EIP_FILE", file.toString());
        assertThat(read().addresses().require()).hasToString("10.0.0.3");

        environment.put("LANDFALL_REGISTRY_ADDRESS", "10.0.0.2");
        assertThat(read().addresses().require()).hasToString("10.0.0.2");

        properties.setProperty("landfall.registry.address", "10.0.0.1");
        assertThat(read().addresses().require()).hasToString("10.0.0.1");
    }

    @Test
    void shouldLookWhereTheTemplatesPutTheFile() {
        assertThat(read().addresses().sources())
                .extracting(AddressSource::place)
                .containsExactly(
                        "property landfall.registry.address",
                        "environment variable LANDFALL_REGISTRY_ADDRESS",
                        "file /etc/landfall/eip");
    }

    @Test
    void shouldTakeThePodsNameFromTheNearestPlace() {
        environment.put("LANDFALL_REGISTRY_ENABLED", "true");
        environment.put("HOSTNAME", "by-host");
        assertThat(pod()).isEqualTo("by-host");

        environment.put("POD_NAME", "by-downward-api");
        assertThat(pod()).isEqualTo("by-downward-api");

        properties.setProperty("landfall.pod.name", "by-property");
        assertThat(pod()).isEqualTo("by-property");
    }

    @Test
    void shouldReadEntriesAndWhatToDoWithoutAnAddress() {
        environment.put("POD_NAME", "orders-0");
        environment.put("LANDFALL_REGISTRY_ENABLED", "true");
        environment.put("LANDFALL_REGISTRY_ENTRIES", "5");
        environment.put("LANDFALL_REGISTRY_MISSING", "pod-ip");

        assertThat(read().share()).contains(new PodShare("orders-0", 5));
        assertThat(read().missing()).isEqualTo(Missing.POD_IP);
    }

    @Test
    void shouldReadThePortOutsideOfEachProtocol() {
        properties.setProperty("landfall.registry.ports", "dubbo:30880, tri:30051");
        ExternalAddress address = ExternalAddress.parse("10.1.2.3:20880");

        assertThat(read().seenBy(address, "dubbo")).hasToString("10.1.2.3:30880");
        assertThat(read().seenBy(address, "tri")).hasToString("10.1.2.3:30051");
        assertThat(read().seenBy(address, "rest")).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"30880", "dubbo", "dubbo:", "dubbo:0", "dubbo:65536", "dubbo=1", "dubbo:1,dubbo:2", "dubbo:1,"})
    void shouldRefusePortsThatNobodyUnderstands(String written) {
        properties.setProperty("landfall.registry.ports", written);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write each protocol once, as in dubbo:30880, tri:30051");
    }

    @Test
    void shouldWaitForAFileThatIsPromised(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("eip");
        environment.put("POD_NAME", "orders-0");
        environment.put("LANDFALL_EIP_FILE", file.toString());
        AddressChain addresses = read().addresses();

        CompletableFuture<ExternalAddress> found = CompletableFuture.supplyAsync(addresses::require);
        assertThatThrownBy(() -> found.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        Files.writeString(file, "10.0.0.3");

        assertThat(found.get(10, TimeUnit.SECONDS)).hasToString("10.0.0.3");
    }

    @Test
    void shouldNotWaitForever(@TempDir Path folder) {
        environment.put("POD_NAME", "orders-0");
        environment.put("LANDFALL_EIP_FILE", folder.resolve("eip").toString());
        environment.put("LANDFALL_REGISTRY_WAIT", "1s");

        assertThatThrownBy(read().addresses()::require)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(folder.resolve("eip") + " (waits up to 1 s for it)");
    }

    @Test
    void shouldNameEveryViolationAtOnce() {
        environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        environment.put("POD_NAME", "orders-0");
        properties.setProperty("landfall.registry.missing", "shrug");
        properties.setProperty("landfall.registry.entries", "99");
        properties.setProperty("landfall.registry.wait", "-1s");
        properties.setProperty("landfall.registry.application-level", "both");
        properties.setProperty("landfall.eip.file", "/etc/\0/eip");

        IllegalArgumentException refused = catchThrowableOfType(IllegalArgumentException.class, this::read);

        assertThat(refused)
                .hasMessageContaining("landfall.registry.missing is 'shrug': use fail or pod-ip")
                .hasMessageContaining("landfall.registry.entries is 99: use a number from 1 to 16")
                .hasMessageContaining("landfall.registry.wait is '-1s': write a time such as 90s, or 0s")
                .hasMessageContaining("landfall.registry.application-level is 'both': use refuse or pod-ip")
                .hasMessageContaining("landfall.eip.file is '/etc/\0/eip', which is no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "0"})
    void shouldNotGuessWhetherItIsEnabled(String written) {
        properties.setProperty("landfall.registry.enabled", written);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("landfall.registry.enabled is '" + written + "': use true or false");
    }

    @Test
    void shouldEvenConnectionsWhereTheUserSaysSo() {
        assertThat(read().dubbo().evensConnections()).isTrue();

        properties.setProperty("landfall.registry.even", "false");

        assertThat(read().dubbo().evensConnections()).isFalse();
    }

    @Test
    void shouldReadHowManyInterfacesMayOwnConnections() {
        assertThat(read().dubbo().mostInterfaces()).isEqualTo(20);

        properties.setProperty("landfall.registry.interfaces", "35");

        assertThat(read().dubbo().mostInterfaces()).isEqualTo(35);
    }

    @Test
    void shouldRefuseAnImpossibleNumberOfInterfaces() {
        properties.setProperty("landfall.registry.interfaces", "0");

        assertThatThrownBy(this::read).hasMessage("landfall.registry.interfaces is '0': use a number from 1 to 10000");
    }

    @Test
    void shouldKeepThePodsOwnAddressToItselfUnlessTheUserSaysSo() {
        environment.put("POD_IP", "10.244.0.7");
        assertThat(read().inCluster().address("10.0.0.1", 20880)).isEmpty();
        assertThat(read().inCluster().preferred()).isFalse();

        properties.setProperty("landfall.registry.pod-ip", "true");
        environment.put("LANDFALL_REGISTRY_PREFERPODIP", "true");

        assertThat(read().inCluster().address("10.0.0.1", 20880)).contains(PodAddress.parse("10.244.0.7:20880"));
        assertThat(read().inCluster().preferred()).isTrue();
    }

    @Test
    void shouldTakeTheAddressThatTheApplicationFindsWhereThePodDoesNotSayItsOwn() {
        properties.setProperty("landfall.registry.pod-ip", "true");

        assertThat(read().inCluster().address("fd00::7", 20880))
                .map(PodAddress::toString)
                .contains("[fd00::7]:20880");

        properties.setProperty("landfall.pod.ip", "10.244.0.8");
        assertThat(read().inCluster().address("fd00::7", 20880))
                .map(PodAddress::toString)
                .contains("10.244.0.8:20880");
    }

    @Test
    void shouldRefuseWhatIsNoAddressOfAPod() {
        properties.setProperty("landfall.registry.pod-ip", "true");
        properties.setProperty("landfall.registry.prefer-pod-ip", "perhaps");
        environment.put("POD_IP", "10.244.0.7,fd00::7");

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POD_IP (landfall.pod.ip) is '10.244.0.7,fd00::7', which is no address of a pod")
                .hasMessageContaining("landfall.registry.prefer-pod-ip is 'perhaps': use true or false");
    }

    @Test
    void shouldRefuseEntriesThatAreNoNumber() {
        properties.setProperty("landfall.registry.enabled", "true");
        properties.setProperty("landfall.pod.name", "orders-0");
        properties.setProperty("landfall.registry.entries", "three");

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("landfall.registry.entries is 'three', which is no number");
    }

    @Test
    void shouldAskForAPodsNameWhereItIsNeeded() {
        properties.setProperty("landfall.registry.enabled", "true");

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set POD_NAME by the downward API");
    }

    private String pod() {
        return read().share().orElseThrow().pod();
    }

    private RegistrySettings read() {
        return RegistrySettings.read(properties, environment);
    }
}
