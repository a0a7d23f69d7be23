package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that fail as Dubbo's do: with their URLs in the message, and what is secret in those. */
class RegistrarTest {

    private static final URL ENTRY = URL.valueOf("dubbo://10.1.2.3:20880/Orders?interface=Orders&token=s3cret");

    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel application = framework.newApplication();

    @AfterEach
    void end() {
        framework.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nacos://app:s3cret@10.9.9.9:8848/Registry",
                "nacos://10.9.9.9:8848/Registry?username=app&password=s3cret",
                "nacos://10.9.9.9:8848/Registry?accessKey=app&secretKey=s3cret",
            })
    void shouldQuoteNoUrlOfARegistryThatFails(String url) {
        Registry failing = failing(URL.valueOf(url).setScopeModel(application));
        Registrar registrar = new Registrar(failing, application);

        assertThat(catchThrowable(() -> registrar.register(ENTRY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nacos://10.9.9.9:8848: RpcException, of which Dubbo's own log says more")
                .hasNoCause();
        assertThat(catchThrowable(() -> registrar.unregister(ENTRY)))
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
        try (Entered entered = new Entered(registrar, this::none, Admission.UNKNOWN, Evenness.NONE)) {
            assertThat(new AddressRegistry(failing, entered)).hasToString("AddressRegistry[nacos://10.9.9.9:8848]");
        }
    }

    private ProviderEntries none() {
        throw new IllegalStateException("nobody is entered");
    }

    private static Registry failing(URL url) {
        InvocationHandler answers = (proxy, method, arguments) -> switch (method.getName()) {
            case "getUrl" -> url;
            case "register", "unregister" ->
                throw new RpcException(
                        "Failed to " + method.getName() + " " + arguments[0] + " to nacos " + url.toFullString());
            default -> throw new UnsupportedOperationException(method.getName());
        };
        return (Registry)
                Proxy.newProxyInstance(RegistrarTest.class.getClassLoader(), new Class<?>[] {Registry.class}, answers);
    }
}
