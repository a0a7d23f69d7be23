package io.landfall.registry.nacos;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.FreePort;
import io.landfall.shutdown.dubbo.DubboDrain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.registry.support.AbstractRegistry;
import org.apache.dubbo.registry.support.RegistryManager;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** Providers and consumers with Dubbo's own Nacos registry, each with a framework of its own, in one JVM. */
final class DubboOnNacos implements AutoCloseable {

    /** What Dubbo calls {@link Greeter} there. */
    static final String SERVICE = "providers:" + Greeter.class.getName() + "::";

    private static final DrainPolicy BRISK = DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300));

    private final String nacos;
    private final List<FrameworkModel> frameworks = new ArrayList<>();

    DubboOnNacos(NacosFixture nacos) {
        this.nacos = nacos.address();
    }

    /** A provider that has started and is not ready: nothing is entered yet. */
    record Pod(Drain drain, int port) {
        /** A balancer may route here. */
        Pod ready() {
            drain.readiness().accept();
            return this;
        }
    }

    /** A stock consumer at interface level. */
    record Consumer(ApplicationModel application, Greeter greeter) {
        /** The hosts that the registry told it last. */
        Set<String> heard() {
            return RegistryManager.getInstance(application).getRegistries().stream()
                    .filter(AbstractRegistry.class::isInstance)
                    .flatMap(registry -> ((AbstractRegistry) registry).getNotified().values().stream())
                    .flatMap(categories ->
                            categories.getOrDefault(RegistryConstants.PROVIDERS_CATEGORY, List.of()).stream())
                    .filter(url -> !RegistryConstants.EMPTY_PROTOCOL.equals(url.getProtocol()))
                    .map(URL::getHost)
                    .collect(Collectors.toSet());
        }
    }

    Pod pod(String name) {
        return pod(name, Map.of());
    }

    /** One whose URL says more than usual. */
    Pod pod(String name, Map<String, String> parameters) {
        System.setProperty("landfall.pod.name", name);
        FrameworkModel framework = framework();
        Drain drain = new Drain(BRISK);
        DubboDrain.of(framework).use(drain);
        ProtocolConfig onFreePort = new ProtocolConfig("dubbo", FreePort.next());
        ServiceConfig<Greeter> service = new ServiceConfig<>();
        service.setInterface(Greeter.class);
        service.setRef(caller -> "hello " + caller + " from " + name);
        service.setParameters(parameters);
        bootstrap(framework, "provider").protocol(onFreePort).service(service).start();
        return new Pod(drain, onFreePort.getPort());
    }

    Consumer consume() {
        ReferenceConfig<Greeter> reference = new ReferenceConfig<>();
        reference.setInterface(Greeter.class);
        reference.setRetries(0);
        reference.setTimeout(20_000);
        reference.setParameters(Map.of("migration.step", "FORCE_INTERFACE"));
        DubboBootstrap bootstrap = bootstrap(framework(), "consumer");
        bootstrap.reference(reference).start();
        return new Consumer(bootstrap.getApplicationModel(), reference.get());
    }

    private DubboBootstrap bootstrap(FrameworkModel framework, String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setRegisterMode("interface");
        // Dubbo would try eleven times, and the client each time four times.
        RegistryConfig registry = new RegistryConfig("nacos://" + nacos + "?nacos.retry=1");
        // The fixture has neither.
        registry.setUseAsConfigCenter(false);
        registry.setUseAsMetadataCenter(false);
        return DubboBootstrap.newInstance(framework).application(application).registry(registry);
    }

    private FrameworkModel framework() {
        FrameworkModel framework = new FrameworkModel();
        frameworks.add(framework);
        return framework;
    }

    @Override
    public void close() {
        // Dubbo would wait for what a test has left behind on purpose.
        ConfigurationUtils.setExpectedShutdownTime(System.currentTimeMillis() + 100);
        frameworks.forEach(FrameworkModel::destroy);
        ConfigurationUtils.setExpectedShutdownTime(Long.MAX_VALUE);
    }
}
