package io.landfall.e2e.field;

import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.examples.greeter.GreeterMain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Providers on the host, which register the host's address. They are stock. */
final class OldWorld implements AutoCloseable {

    private static final int FIRST_PORT = 20901;

    private final TestNamespace namespace;
    private final Registry registry;
    private final Application application;
    private final String host;
    private final List<HostJvm> processes = new ArrayList<>();

    OldWorld(TestNamespace namespace, Registry registry, Application application) {
        this.namespace = namespace;
        this.registry = registry;
        this.application = application;
        host = namespace.cluster().hostAddress();
    }

    /** Starts so many, and returns when they serve. */
    void start(int providers) {
        for (int n = 0; n < providers; n++) {
            String name = "old-" + (n + 1);
            processes.add(application.kind() == Application.Kind.EUREKA ? web(name, n) : greeter(name, n));
        }
        Await.until("the old world", () -> {
            processes.forEach(HostJvm::requireAlive);
            return registry.entriesOf(host) == providers;
        });
    }

    private HostJvm greeter(String name, int n) {
        Map<String, String> environment = new HashMap<>(Map.of("GREETING_LEASH", "true"));
        environment.put("GREETING_NAME", name);
        environment.put("GREETING_REGISTRY", registry.url());
        environment.put("GREETING_PROTOCOL", application.protocol());
        environment.put("GREETING_HOST", host);
        environment.put("GREETING_PORT", String.valueOf(FIRST_PORT + n));
        if (application.asksOldWorld()) {
            environment.put("GREETING_GROUP", Application.ASKED);
        }
        return HostJvm.start(name, namespace.folder(), false, GreeterMain.class, List.of(), environment, line -> {});
    }

    private HostJvm web(String name, int n) {
        Map<String, String> environment = new HashMap<>(application.environment());
        environment.put("POD_NAME", name);
        environment.put("GREETING_REGISTRY", registry.url());
        environment.put("SERVER_ADDRESS", host);
        environment.put("SERVER_PORT", String.valueOf(FIRST_PORT + n));
        environment.put("EUREKA_INSTANCE_IPADDRESS", host);
        environment.put("EUREKA_INSTANCE_PREFERIPADDRESS", "true");
        return HostJvm.start(
                name,
                namespace.folder(),
                Application.classPathInEureka(),
                List.of(),
                Application.BOOT_MAIN,
                List.of(),
                environment,
                line -> {});
    }

    @Override
    public void close() {
        processes.forEach(HostJvm::close);
    }
}
