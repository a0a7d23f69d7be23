package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which registries may be given an address that pods share. */
class AddressRegistryFactoryTest {

    private static final URL PROVIDER = URL.valueOf("dubbo://10.244.0.7:20880/Orders?interface=Orders");

    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel application = framework.newApplication();

    @BeforeEach
    void inAPod() {
        System.setProperty("landfall.registry.address", "10.1.2.3");
        System.setProperty("landfall.pod.name", "orders-0");
    }

    @AfterEach
    void end() {
        List.of("landfall.registry.address", "landfall.pod.name", "landfall.registry.nacos")
                .forEach(System::clearProperty);
        framework.destroy();
    }

    @Test
    void shouldRefuseOneAddressInNacos() {
        assertThatThrownBy(() -> registry("nacos").register(PROVIDER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Nacos' clients miss most of the pods")
                .hasMessageContaining("a wildcard name (*.name)")
                .hasMessageContaining("landfall.registry.nacos=allow");
    }

    @Test
    void shouldAllowItWhereTheUserSaysSo() {
        System.setProperty("landfall.registry.nacos", "allow");

        assertThatCode(() -> registry("nacos").register(PROVIDER)).doesNotThrowAnyException();
    }

    @Test
    void shouldAllowNamesInNacos() {
        System.setProperty("landfall.registry.address", "*.pods.example.com");

        assertThatCode(() -> registry("nacos").register(PROVIDER)).doesNotThrowAnyException();
    }

    @Test
    void shouldAllowOneAddressInZooKeeper() {
        assertThatCode(() -> registry("zookeeper").register(PROVIDER)).doesNotThrowAnyException();
    }

    private Registry registry(String protocol) {
        URL url = URL.valueOf(protocol + "://10.9.9.9:8848/Registry?register-mode=interface");
        AddressRegistryFactory factory = new AddressRegistryFactory(AddressRegistryFactoryTest::silent);
        factory.setApplicationModel(application);
        return factory.getRegistry(url.setScopeModel(application));
    }

    private static Registry silent(URL url) {
        return (Registry) Proxy.newProxyInstance(
                AddressRegistryFactoryTest.class.getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUrl" -> url;
                    case "isServiceDiscovery" -> false;
                    default -> null;
                });
    }
}
