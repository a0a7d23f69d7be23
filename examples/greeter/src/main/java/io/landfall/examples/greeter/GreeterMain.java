package io.landfall.examples.greeter;

import io.landfall.examples.load.dubbo.GreetingService;
import io.landfall.examples.load.dubbo.SlowGreeting;
import java.io.IOException;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/**
 * Greets until SIGTERM. There is nothing of Landfall in it: with Landfall's jars on the class path it is released with
 * Landfall, without them it is stock Dubbo. {@link Settings} says what it takes from the environment.
 */
public final class GreeterMain {

    private GreeterMain() {}

    /** Starts to serve, and returns when Dubbo is stopped. */
    public static void main(String[] args) throws IOException {
        Settings settings = Settings.of(System.getenv());
        DubboBootstrap dubbo = DubboBootstrap.getInstance()
                .application(application(settings))
                .registry(registry(settings))
                .protocol(protocol(settings))
                .service(service(settings))
                .start();
        if (settings.leash()) {
            awaitEndOfInput();
            Runtime.getRuntime().halt(1);
        }
        dubbo.await();
    }

    private static ApplicationConfig application(Settings settings) {
        ApplicationConfig application = new ApplicationConfig("greeter");
        application.setQosEnable(settings.qos());
        application.setRegisterMode("interface");
        return application;
    }

    private static RegistryConfig registry(Settings settings) {
        RegistryConfig registry = new RegistryConfig(settings.registry());
        registry.setUseAsConfigCenter(false);
        registry.setUseAsMetadataCenter(false);
        return registry;
    }

    private static ProtocolConfig protocol(Settings settings) {
        ProtocolConfig protocol = new ProtocolConfig(settings.protocol(), settings.port());
        settings.host().ifPresent(protocol::setHost);
        return protocol;
    }

    private static ServiceConfig<GreetingService> service(Settings settings) {
        ServiceConfig<GreetingService> service = new ServiceConfig<>();
        service.setInterface(GreetingService.class);
        service.setRef(new SlowGreeting(settings.name()));
        settings.group().ifPresent(service::setGroup);
        // Dubbo gives a new provider less than its share for ten minutes, which would be all that a short run sees.
        service.setWarmup(0);
        return service;
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nobody has anything to say to a provider
        }
    }
}
