package io.landfall.e2e.field;

import io.landfall.examples.load.LoadReport;
import io.landfall.examples.load.Progress;
import io.landfall.examples.load.dubbo.DubboLoad;
import io.landfall.examples.load.http.HttpLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A consumer in the old world: it reaches the pods by their external address and by nothing else. */
final class HostConsumer implements Consumer {

    private static final String EUREKA_MAIN = "io.landfall.examples.eureka.BalancedLoad";

    private final String name;
    private final Path out;
    private final Duration endBound;
    private final HostJvm process;
    private volatile Optional<Progress> last = Optional.empty();

    private HostConsumer(
            String name,
            Path folder,
            String classPath,
            String main,
            Duration endBound,
            Map<String, String> environment,
            List<String> arguments) {
        this.name = name;
        this.out = report(name, folder);
        this.endBound = endBound;
        process = HostJvm.start(name, folder, classPath, List.of(), main, arguments, environment, this::note);
    }

    /** One that calls over Dubbo, with the arguments of its load driver. */
    static HostConsumer start(
            String name, Path folder, boolean landfall, Map<String, String> environment, List<String> arguments) {
        return new HostConsumer(
                name,
                folder,
                HostJvm.classPath(landfall),
                DubboLoad.class.getName(),
                end(Field.TIMEOUT_MILLIS),
                environment,
                arguments);
    }

    /** One that calls a URL, in which <code>{millis}</code> stands for the work it asks for. */
    static HostConsumer overHttp(String name, Path folder, String url, Load load, int timeout) {
        return new HostConsumer(
                name,
                folder,
                HostJvm.classPath(false),
                HttpLoad.class.getName(),
                end(timeout),
                Map.of(),
                arguments(List.of("--url", url), name, folder, load, timeout));
    }

    /** One that asks Eureka for providers, with Spring Cloud LoadBalancer. */
    static HostConsumer overEureka(String name, Path folder, String registry, Load load, int timeout) {
        List<String> ofProtocol = List.of("--registry", registry, "--service", Application.SERVICE);
        return new HostConsumer(
                name,
                folder,
                EurekaRegistry.classPath(),
                EUREKA_MAIN,
                end(timeout),
                Map.of(),
                arguments(ofProtocol, name, folder, load, timeout));
    }

    private static List<String> arguments(List<String> ofProtocol, String name, Path folder, Load load, int timeout) {
        List<String> arguments = new ArrayList<>(ofProtocol);
        arguments.addAll(load.arguments(name, timeout, report(name, folder).toString()));
        return arguments;
    }

    private static Duration end(int timeoutMillis) {
        return Duration.ofMillis(timeoutMillis).plusSeconds(20);
    }

    static Path report(String name, Path folder) {
        return folder.resolve(name + ".json");
    }

    private void note(String line) {
        LoadJson.progress(line).ifPresent(progress -> last = Optional.of(progress));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Progress> progress() {
        return last;
    }

    @Override
    public void stop() {
        process.tell("stop");
    }

    @Override
    public LoadReport report() {
        process.awaitGoodEnd(endBound);
        try {
            return LoadJson.report(Files.readString(out));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
