package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.registry.RegistrySettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.registry.client.AbstractServiceDiscovery;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dubbo's own bookkeeping of an instance, over a registry that fails when a test wants it. */
class EnteredInstanceTest {

    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel application = framework.newApplication();
    private Flaky registry;
    private EnteredInstance entered;
    private URL provider;

    @BeforeEach
    void begin() {
        application.getApplicationConfigManager().setApplication(new ApplicationConfig("orders"));
        URL url = URL.valueOf("flaky://10.9.9.9:2181/Registry?file-cache=false").setScopeModel(application);
        registry = new Flaky(application, url);
        Map<String, String> settings = Map.of(
                "landfall.registry.address", "*.pods.example.com:30880",
                "landfall.pod.name", "orders-0");
        RegistrySettings read = RegistrySettings.read(settings::get, Map.of());
        entered = new EnteredInstance(
                registry,
                () -> Optional.of(new InstanceEntry(read.addresses().require(), read)),
                Admission.UNKNOWN,
                Evenness.NONE);
        provider = URL.valueOf("dubbo://10.244.0.7:20880/Orders?interface=Orders&side=provider")
                .setScopeModel(application.getDefaultModule());
    }

    @AfterEach
    void end() {
        entered.close();
        framework.destroy();
    }

    /** Dubbo's own second attempt would do nothing, and say nothing. */
    @Test
    void shouldTryAgainWhenTheRegistryFails() {
        registry.failures.set(2);
        entered.add(provider);

        entered.enter();

        await().until(() -> registry.listed.equals(List.of("orders-0-0.pods.example.com:30880")));
        assertThat(registry.failures).hasValue(0);
    }

    @Test
    void shouldEnterAgainWhatWasWithdrawn() {
        entered.add(provider);
        entered.enter();
        await().until(() -> registry.listed.size() == 1);

        entered.withdraw();
        entered.refresh();
        assertThat(registry.listed).isEmpty();
        entered.enter();

        await().until(() -> registry.listed.size() == 1);
    }

    @Test
    void shouldEnterAProviderThatComesLate() {
        entered.enter();
        entered.refresh();
        assertThat(registry.listed).isEmpty();

        entered.add(provider);
        entered.refresh();

        await().until(() -> registry.listed.size() == 1);
    }

    @Test
    void shouldFollowProvidersThatComeAndGo() {
        entered.add(provider);
        entered.enter();
        await().until(() -> registry.listed.size() == 1);
        String revision = registry.getLocalMetadata().getRevision();

        URL second = provider.setPath("Invoices").addParameter("interface", "Invoices");
        entered.add(second);
        entered.refresh();
        assertThat(registry.getLocalMetadata().getRevision()).isNotEqualTo(revision);
        entered.remove(second);
        entered.refresh();

        assertThat(registry.getLocalMetadata().getRevision()).isEqualTo(revision);
        assertThat(registry.listed).hasSize(1);
    }

    /** Whose instances are in a list. */
    private static final class Flaky extends AbstractServiceDiscovery {
        private final List<String> listed = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();

        Flaky(ApplicationModel application, URL url) {
            super(application, url);
        }

        @Override
        protected void doRegister(ServiceInstance instance) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the registry is down");
            }
            listed.add(instance.getAddress());
        }

        @Override
        protected void doUnregister(ServiceInstance instance) {
            listed.remove(instance.getAddress());
        }

        @Override
        protected void doDestroy() {}

        @Override
        public Set<String> getServices() {
            return Set.of();
        }

        @Override
        public List<ServiceInstance> getInstances(String serviceName) {
            return List.of();
        }
    }
}
