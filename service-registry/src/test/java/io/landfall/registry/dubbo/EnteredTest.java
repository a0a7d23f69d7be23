package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.landfall.registry.RegistrySettings;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a registry that fails now and then. */
class EnteredTest {

    private static final URL ORDERS = URL.valueOf("dubbo://10.244.0.7:20880/Orders?interface=Orders");
    private static final URL BILLS = URL.valueOf("dubbo://10.244.0.7:20880/Bills?interface=Bills");
    private static final URL BILLS_OVER_TRIPLE = URL.valueOf("tri://10.244.0.7:50051/Bills?interface=Bills");

    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel application = framework.newApplication();
    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean failsOnce = new AtomicBoolean();
    private Path folder;
    private Entered entered;

    @BeforeEach
    void enterNothing(@TempDir Path empty) {
        folder = empty;
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "landfall.registry.enabled", "true",
                "landfall.pod.name", "orders-0",
                "landfall.eip.file", file().toString()));
        RegistrySettings settings = RegistrySettings.read(properties::getProperty, Map.of());
        Registrar registrar = new Registrar(registry(), application);
        entered = new Entered(registrar, () -> ProviderEntries.of(settings), Admission.UNKNOWN, Evenness.NONE);
    }

    @AfterEach
    void end() {
        entered.close();
        framework.destroy();
    }

    @Test
    void shouldMoveAllThatHasNotMovedYet() throws Exception {
        inject("203.0.113.10:30080");
        entered.enter(ORDERS);
        entered.enter(BILLS);
        await().until(() -> standing.equals(Set.of("Orders at 203.0.113.10:30080", "Bills at 203.0.113.10:30080")));

        failsOnce.set(true);
        inject("203.0.113.11:30080");

        await().until(() -> standing.equals(Set.of("Orders at 203.0.113.11:30080", "Bills at 203.0.113.11:30080")));
        assertThat(failsOnce).isFalse();
    }

    @Test
    void shouldRefuseTwoPortsAtOne() throws Exception {
        inject("203.0.113.10:30080");
        entered.enter(ORDERS);
        entered.enter(BILLS);

        assertThatThrownBy(() -> entered.enter(BILLS_OVER_TRIPLE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Ports 20880 and 50051 of this pod would both be 203.0.113.10:30080")
                .hasMessageContaining("landfall.registry.ports, as in dubbo:30880,tri:30051");
    }

    private Path file() {
        return folder.resolve("eip");
    }

    private void inject(String address) throws Exception {
        Files.writeString(file(), address + "\n");
    }

    private Registry registry() {
        URL url = URL.valueOf("test://10.9.9.9:1/Registry").setScopeModel(application);
        return (Registry) Proxy.newProxyInstance(
                EnteredTest.class.getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUrl" -> url;
                    case "register" -> standing.add(shown((URL) arguments[0]));
                    case "unregister" -> unregister((URL) arguments[0]);
                    default -> null;
                });
    }

    /** The first provider's entries go, and the second one's do not: by then one has moved. */
    private boolean unregister(URL entry) {
        withdrawn.add(entry.getPath());
        if (withdrawn.size() == 2 && failsOnce.compareAndSet(true, false)) {
            throw new IllegalStateException("the registry is away");
        }
        return standing.remove(shown(entry));
    }

    private static String shown(URL entry) {
        return entry.getPath() + " at " + entry.getAddress();
    }
}
