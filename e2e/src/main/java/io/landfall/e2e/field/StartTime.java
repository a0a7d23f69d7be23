package io.landfall.e2e.field;

import io.landfall.e2e.cluster.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long a Spring Boot application takes from the start of its JVM until it has started, by its own log. */
public final class StartTime implements AutoCloseable {

    private static final Pattern STARTED =
            Pattern.compile("Started \\S+ in [0-9.]+ seconds \\(process running for ([0-9.]+)\\)");

    private final Application application;
    private final Path folder;
    private final ZooKeeperRegistry registry = ZooKeeperRegistry.start("127.0.0.1");

    /**
     * A registry is there from now on.
     *
     * @param folder where the logs go
     */
    public StartTime(Application application, Path folder) {
        this.application = application;
        this.folder = folder;
    }

    /**
     * Starts it, and ends it.
     *
     * @param serviceRegistry whether it has service-registry, beside graceful-shutdown
     */
    public Duration measure(boolean serviceRegistry) {
        String name = serviceRegistry ? "with" : "without";
        List<String> output = new CopyOnWriteArrayList<>();
        try (HostJvm process = HostJvm.start(
                name,
                folder,
                application.classPathInBuild(
                        serviceRegistry ? Images.landfallInThisBuild() + "/*" : gracefulShutdown()),
                List.of(),
                Application.BOOT_MAIN,
                List.of(),
                environment(),
                output::add)) {
            Await.until(application + " has started", () -> {
                process.requireAlive();
                return started(output, name).isPresent();
            });
            return started(output, name).orElseThrow();
        }
    }

    private static String gracefulShutdown() {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(Images.landfallInThisBuild(), "graceful-shutdown-*.jar")) {
            return jars.iterator().next().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(application.environment());
        environment.put("GREETING_REGISTRY", registry.url());
        environment.put("GREETING_PORT", "0");
        environment.put("SERVER_PORT", "0");
        environment.put("LANDFALL_REGISTRY_ADDRESS", "127.0.0.1:20880");
        environment.put("POD_NAME", "greeter-0");
        return environment;
    }

    /** With Dubbo comes the load driver's configuration of logging, which leaves standard output alone. */
    private Optional<Duration> started(List<String> output, String name) {
        try (Stream<String> log = Files.lines(folder.resolve(name + ".log"))) {
            return Stream.concat(output.stream(), log)
                    .map(STARTED::matcher)
                    .filter(Matcher::find)
                    .map(found -> Duration.ofMillis(Math.round(Double.parseDouble(found.group(1)) * 1000)))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
