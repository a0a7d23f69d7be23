package io.landfall.config.spring;

import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Snapshots of an application orders, in directories, and applications that read them. */
final class Applications {

    static final SnapshotId ORDERS = new SnapshotId("orders", "1.4.2", 0);

    private Applications() {}

    /** With Spring Cloud. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SnapshotAutoConfiguration.class,
        RefreshAutoConfiguration.class,
        ConfigurationPropertiesRebinderAutoConfiguration.class
    })
    static class WithCloud {}

    /** Without. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SnapshotAutoConfiguration.class)
    static class WithoutCloud {}

    /** Names and texts by turns. */
    static Snapshot snapshot(int hot, String... files) {
        Snapshot.Builder builder = Snapshot.builder(ORDERS.hot(hot));
        for (int i = 0; i < files.length; i += 2) {
            builder.file(SnapshotFile.of(files[i], files[i + 1]));
        }
        return builder.build();
    }

    static Path write(Path directory, String... files) {
        return write(directory, snapshot(0, files));
    }

    static Path write(Path directory, Snapshot snapshot) {
        StoredForm.of(snapshot).data().forEach((name, bytes) -> write(directory.resolve(name), bytes));
        return directory;
    }

    static Path writePlain(Path directory, String... files) {
        for (int i = 0; i < files.length; i += 2) {
            write(directory.resolve(files[i]), files[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return directory;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it with the snapshot of a directory. */
    static ConfigurableApplicationContext start(Path directory, Class<?> application, String... arguments) {
        return run(application, "--spring.config.import=snapshot:" + directory, arguments);
    }

    static ConfigurableApplicationContext run(Class<?> application, String first, String... arguments) {
        SpringApplication boot = new SpringApplication(application);
        boot.setWebApplicationType(WebApplicationType.NONE);
        boot.setLogStartupInfo(false);
        boot.setRegisterShutdownHook(false);
        boot.setDefaultProperties(Map.of("landfall.config.follow", "test"));
        List<String> all = new ArrayList<>(List.of(first, "--spring.main.banner-mode=off"));
        all.addAll(List.of(arguments));
        return boot.run(all.toArray(String[]::new));
    }
}
