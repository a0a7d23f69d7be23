package io.landfall.sdk.spring;

import io.landfall.config.directory.Snapshots;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Imports the snapshot that is mounted into a pod, unless {@code spring.config.import} is set outside of the application's own files.
 * Made by Spring Boot.
 */
public final class PodSnapshot implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String IMPORT = "spring.config.import";
    /** Before configuration files are read, which is at 10. */
    private static final int BEFORE_CONFIGURATION_FILES = Ordered.HIGHEST_PRECEDENCE + 9;

    /** Called by Spring Boot. */
    public PodSnapshot() {}

    @Override
    public int getOrder() {
        return BEFORE_CONFIGURATION_FILES;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (environment.containsProperty(PodDefaults.IN_A_POD) && Snapshots.isSnapshot(directory(environment))) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("landfallPodSnapshot", Map.of(IMPORT, "snapshot:")));
        }
    }

    private static Path directory(ConfigurableEnvironment environment) {
        return Path.of(environment.getProperty("landfall.config.dir", "/etc/landfall/config"));
    }
}
