package io.landfall.sdk.spring;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/** Settings of every application in a pod, below whatever the application says itself. Made by Spring Boot. */
public final class PodDefaults implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** The kubelet sets it in every pod. */
    static final String IN_A_POD = "KUBERNETES_SERVICE_HOST";

    /** Set by Spring Boot's {@code @SpringBootTest}. */
    private static final String IN_A_TEST = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper";

    /** Dubbo's own default is both levels, of which application level cannot be shared fairly behind one address. */
    private static final Map<String, Object> DEFAULTS =
            Map.of("landfall.probe.port", 8719, "dubbo.application.register-mode", "interface");
    /** {@code SpringApplication.setDefaultProperties}; Spring Boot knows it by this name. */
    private static final String OF_THE_APPLICATION = "defaultProperties";

    /** After configuration files have been read, which is at 10. */
    private static final int AFTER_CONFIGURATION_FILES = Ordered.HIGHEST_PRECEDENCE + 11;

    /** Called by Spring Boot. */
    public PodDefaults() {}

    @Override
    public int getOrder() {
        return AFTER_CONFIGURATION_FILES;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        // A build in a cluster has contexts side by side, and nobody probes them.
        if (environment.containsProperty(IN_A_POD) && !environment.containsProperty(IN_A_TEST)) {
            addBelow(environment.getPropertySources());
        }
    }

    /**
     * Below the {@code @PropertySource}s too, which are read later: only {@code SpringApplication}'s own defaults are put below those, so
     * ours are among them, as far as the application has no other ones.
     */
    private static void addBelow(MutablePropertySources sources) {
        Map<String, Object> all = new HashMap<>(DEFAULTS);
        if (sources.get(OF_THE_APPLICATION) instanceof MapPropertySource own) {
            all.putAll(own.getSource());
        }
        sources.remove(OF_THE_APPLICATION);
        sources.addLast(new MapPropertySource(OF_THE_APPLICATION, all));
    }
}
