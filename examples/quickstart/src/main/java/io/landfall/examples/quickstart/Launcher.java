package io.landfall.examples.quickstart;

import io.landfall.examples.load.dubbo.DubboLoad;
import io.landfall.examples.quickstart.process.CannotRunException;
import io.landfall.examples.quickstart.process.Child;
import io.landfall.examples.quickstart.process.Children;
import io.landfall.examples.quickstart.provider.ProviderMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Knows how each kind of process is started. */
final class Launcher {

    /** Small and quick to start; the same for all, so that no mode has an advantage. */
    private static final List<String> JVM = List.of(
            "-Xms32m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true",
            "-Ddubbo.application.logger=slf4j",
            // apache/dubbo#15747: on JDK 25 Dubbo 3.3.6 trips over the JSON libraries that are not there.
            "-Ddubbo.json-framework.prefer=fastjson2");

    /** Consumers call until they are told to stop; this is for one that nobody tells. */
    private static final Duration LOAD_BETWEEN_WINDOWS = Duration.ofMinutes(10);

    private static final Duration REHEARSAL_BOUND = Duration.ofSeconds(60);

    private final Children children;
    private final Network network;
    private final Path landfall;
    private final ClassArchive archive;
    private final int ratePerConsumer;
    private final long loadSeconds;

    Launcher(Children children, Network network, Settings settings) {
        this.children = children;
        this.network = network;
        landfall = settings.target().resolve("lib/landfall");
        archive = new ClassArchive(settings.folder().resolve("classes.jsa"));
        ratePerConsumer = settings.ratePerConsumer();
        loadSeconds =
                LOAD_BETWEEN_WINDOWS.plus(settings.window().multipliedBy(2)).toSeconds();
    }

    /** Fails before anything is started if the build has not brought what the modes need. */
    void requireLibraries(List<Mode> modes) throws IOException {
        if (modes.contains(Mode.LANDFALL) && !hasJars(landfall)) {
            throw new CannotRunException(
                    "There are no jars in " + landfall + "; build with 'mvn -Pquickstart' in the root folder.");
        }
    }

    /** Starts a provider that nobody calls, and keeps the classes it loaded for all who come after it. */
    void rehearse(String registry) throws IOException {
        archive.delete();
        List<String> command = new ArrayList<>(archive.writing());
        command.addAll(provider(new RunName("tri", Mode.STOCK), registry, Network.OLD_WORLD.get(0), Mode.STOCK));
        Child rehearsal = children.start("rehearsal", Map.of(), command);
        rehearsal.endInput();
        if (!rehearsal.awaitExit(REHEARSAL_BOUND)) {
            rehearsal.kill();
            archive.delete();
        }
    }

    /** A provider of the old world: stock Dubbo that registers its own host. */
    Child legacy(RunName run, String registry, String name) {
        return children.start(run.of(name), Map.of(), provider(run, registry, name, Mode.STOCK));
    }

    /** A pod, as its template would start it. */
    Child pod(RunName run, String registry, String name) {
        return children.start(
                run.of(name), podEnvironment(run.mode(), name), provider(run, registry, name, run.mode()));
    }

    /**
     * A consumer that is told to call: stock Dubbo. Over triple it has what the pods have, as a stock one can lose a call to a race of its
     * own when it is asked to leave (decision 0011).
     */
    Child consumer(RunName run, String registry, int number, Path report, Consumer<String> lines) {
        List<String> command = java("192m", run.protocol().equals("tri") ? run.mode() : Mode.STOCK, DubboLoad.class);
        command.addAll(List.of("--registry", registry, "--protocol", run.protocol(), "--name", "consumer-" + number));
        command.addAll(List.of("--rate", String.valueOf(ratePerConsumer), "--seed", String.valueOf(number)));
        command.addAll(List.of(
                "--long-share",
                "0.008",
                "--ramp",
                "4",
                "--duration",
                String.valueOf(loadSeconds),
                "--stragglers",
                "20"));
        command.addAll(List.of("--out", report.toString(), "--leash", "true"));
        return children.start(run.of("consumer-" + number), Map.of(), command, lines);
    }

    private Map<String, String> podEnvironment(Mode mode, String name) {
        String address = network.address(name);
        return switch (mode) {
            case STOCK -> Map.of("POD_NAME", name, "POD_IP", address, "DUBBO_IP_TO_REGISTRY", Network.EIP);
            case LANDFALL ->
                Map.of(
                        "POD_NAME", name,
                        "POD_IP", address,
                        "LANDFALL_EIP_FILE", network.eipFile().toString(),
                        "LANDFALL_PROBE_HOST", address,
                        "LANDFALL_PROBE_PORT", String.valueOf(network.probePort()));
        };
    }

    private List<String> provider(RunName run, String registry, String name, Mode mode) {
        List<String> command = java("128m", mode, ProviderMain.class);
        command.addAll(List.of("--name", name, "--host", name, "--port", String.valueOf(network.dubboPort())));
        command.addAll(List.of("--protocol", run.protocol(), "--registry", registry));
        return command;
    }

    private List<String> java(String heap, Mode mode, Class<?> main) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(archive.reading());
        command.add("-Xmx" + heap);
        command.add("-Djdk.net.hosts.file=" + network.hostsFile());
        // The file does not change; reading it anew every half minute has been seen to find nothing.
        command.addAll(List.of("-Dsun.net.inetaddr.ttl=-1", "-Dsun.net.inetaddr.negative.ttl=0"));
        command.add("-Dlog.level=" + System.getProperty("quickstart.logLevel", "WARN"));
        command.addAll(List.of("-cp", classPath(mode), main.getName()));
        return command;
    }

    /** What this process has, and for Landfall's pods its jars: nothing but the class path differs. */
    private String classPath(Mode mode) {
        String app = System.getProperty("java.class.path");
        return mode == Mode.STOCK ? app : app + File.pathSeparator + landfall + File.separator + "*";
    }

    private static boolean hasJars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        }
    }
}
