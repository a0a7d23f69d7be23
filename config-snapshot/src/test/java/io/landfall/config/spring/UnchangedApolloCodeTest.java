package io.landfall.config.spring;

import static io.landfall.config.spring.Applications.snapshot;
import static io.landfall.config.spring.Applications.start;
import static io.landfall.config.spring.Applications.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigService;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.spring.Applications.WithoutCloud;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class UnchangedApolloCodeTest {

    @Test
    void shouldReadWhatSpringReads(@TempDir Path directory) {
        write(directory, "application.properties", "greeting=hello");
        try (ConfigurableApplicationContext context = start(directory, WithoutCloud.class)) {
            Config config = ConfigService.getAppConfig();
            assertThat(config.getProperty("greeting", "none")).isEqualTo("hello");
            context.getBean(LiveSnapshot.class).offer(snapshot(1, "application.properties", "greeting=hi"));
            assertThat(config.getProperty("greeting", "none")).isEqualTo("hi");
            assertThat(context.getEnvironment().getProperty("greeting")).isEqualTo("hi");
        }
    }
}
