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

    private final String name;
    private final Path out;
    private final Duration endBound;
    private final HostJvm process;
    private volatile Optional<Progress> last = Optional.empty();

    private HostConsumer(
            String name,
            Path folder,
            boolean landfall,
            Class<?> main,
            Duration endBound,
            Map<String, String> environment,
            List<String> arguments) {
        this.name = name;
        this.out = report(name, folder);
        this.endBound = endBound;
        process = HostJvm.start(name, folder, landfall, main, arguments, environment, this::note);
    }

    /** One that calls over Dubbo, with the arguments of its load driver. */
    static HostConsumer start(
            String name, Path folder, boolean landfall, Map<String, String> environment, List<String> arguments) {
        Duration endBound = Duration.ofMillis(Field.TIMEOUT_MILLIS).plusSeconds(20);
        return new HostConsumer(name, folder, landfall, DubboLoad.class, endBound, environment, arguments);
    }

    /** One that calls a URL, in which <code>{millis}</code> stands for the work it asks for. */
    static HostConsumer overHttp(String name, Path folder, String url, Load load, int timeout) {
        List<String> arguments = new ArrayList<>(List.of("--url", url));
        arguments.addAll(load.arguments(name, timeout, report(name, folder).toString()));
        Duration endBound = Duration.ofMillis(timeout).plusSeconds(20);
        return new HostConsumer(name, folder, false, HttpLoad.class, endBound, Map.of(), arguments);
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
