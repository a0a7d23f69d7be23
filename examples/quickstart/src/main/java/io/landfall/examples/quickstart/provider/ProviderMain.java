package io.landfall.examples.quickstart.provider;

import io.landfall.examples.load.Arguments;
import io.landfall.examples.load.dubbo.GreetingService;
import io.landfall.examples.load.dubbo.SlowGreeting;
import java.io.IOException;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/**
 * A plain Dubbo application. There is nothing of Landfall in it: with Landfall's jars on the class path it is released
 * with Landfall, without them it is stock Dubbo.
 *
 * <p>Arguments: {@code --name}, {@code --host} (what to bind, and to register unless {@code DUBBO_IP_TO_REGISTRY} says
 * otherwise), {@code --port}, {@code --protocol}, {@code --registry}.
 */
public final class ProviderMain {

    private ProviderMain() {}

    /** Serves until SIGTERM, or until its standard input ends because whoever started it is gone. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args);
        DubboBootstrap.getInstance()
                .application(application())
                .registry(registry(arguments.required("registry")))
                .protocol(protocol(arguments))
                .service(service(arguments.required("name")))
                .start();
        arguments.requireNoOthers();
        awaitEndOfInput();
        Runtime.getRuntime().halt(1);
    }

    private static ApplicationConfig application() {
        ApplicationConfig application = new ApplicationConfig("greeting");
        application.setQosEnable(false);
        application.setRegisterMode("interface");
        // Many processes on one machine would share one cache file in the user's home.
        application.setEnableFileCache(false);
        return application;
    }

    private static RegistryConfig registry(String address) {
        RegistryConfig registry = new RegistryConfig(address);
        registry.setUseAsConfigCenter(false);
        registry.setUseAsMetadataCenter(false);
        return registry;
    }

    private static ProtocolConfig protocol(Arguments arguments) {
        ProtocolConfig protocol = new ProtocolConfig(arguments.required("protocol"));
        protocol.setHost(arguments.required("host"));
        protocol.setPort(arguments.number("port", 20880));
        return protocol;
    }

    private static ServiceConfig<GreetingService> service(String name) {
        ServiceConfig<GreetingService> service = new ServiceConfig<>();
        service.setInterface(GreetingService.class);
        service.setRef(new SlowGreeting(name));
        // Dubbo gives a new provider less than its share for ten minutes, which would be all that a run of one minute
        // sees. The same in all modes.
        service.setWarmup(0);
        return service;
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nobody has anything to say to a provider
        }
    }
}
