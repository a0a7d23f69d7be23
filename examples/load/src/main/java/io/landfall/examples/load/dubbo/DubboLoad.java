package io.landfall.examples.load.dubbo;

import io.landfall.examples.load.Answer;
import io.landfall.examples.load.Arguments;
import io.landfall.examples.load.AsyncCall;
import io.landfall.examples.load.LoadProcess;
import java.io.IOException;
import java.util.Map;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/**
 * A stock Dubbo consumer under open-loop load, as a process of its own.
 *
 * <p>Arguments beside those of {@link LoadProcess}: {@code --registry} (such as {@code zookeeper://127.0.0.1:2181}),
 * {@code --protocol} ({@code dubbo} or {@code tri}), {@code --timeout} (milliseconds).
 */
public final class DubboLoad {

    private final String protocol;
    private final String registry;
    private final int timeoutMillis;

    private DubboLoad(Arguments arguments) {
        registry = arguments.required("registry");
        protocol = arguments.required("protocol");
        timeoutMillis = arguments.number("timeout", 15_000);
    }

    /** Ends with exit code 0 when every call is accounted for. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        LoadProcess process = new LoadProcess(arguments);
        DubboLoad load = new DubboLoad(arguments);
        arguments.requireNoOthers();
        System.exit(process.run(load.connect(), new DubboLossNames()));
    }

    private AsyncCall connect() {
        ReferenceConfig<GreetingService> reference = reference();
        DubboBootstrap.getInstance()
                .application(application())
                .registry(registry())
                .reference(reference)
                .start();
        GreetingService service = reference.get();
        return workMillis -> service.greet("load", workMillis).thenApply(Answer::new);
    }

    private static ApplicationConfig application() {
        ApplicationConfig application = new ApplicationConfig("load");
        application.setQosEnable(false);
        // Many processes on one machine would share one cache file in the user's home.
        application.setEnableFileCache(false);
        return application;
    }

    private RegistryConfig registry() {
        RegistryConfig config = new RegistryConfig(registry);
        config.setUseAsConfigCenter(false);
        config.setUseAsMetadataCenter(false);
        return config;
    }

    private ReferenceConfig<GreetingService> reference() {
        ReferenceConfig<GreetingService> reference = new ReferenceConfig<>();
        reference.setInterface(GreetingService.class);
        reference.setProtocol(protocol);
        reference.setTimeout(timeoutMillis);
        // Another try would hide a lost call from the count.
        reference.setRetries(0);
        // Providers may start after the consumer.
        reference.setCheck(false);
        // The registry holds one entry per service, not per application: what Dubbo 2 has always done.
        reference.setParameters(Map.of("migration.step", "FORCE_INTERFACE"));
        return reference;
    }
}
