package io.landfall.e2e.field;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.e2e.interfaces.Figures;
import io.landfall.e2e.interfaces.ManyInterfaces;
import io.landfall.e2e.interfaces.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.dubbo.common.utils.NetUtils;

/** Runs {@link ManyInterfaces} in a process of its own, with a registry of its own. */
public final class ManyInterfacesRun {

    private static final Duration BOUND = Duration.ofMinutes(4);
    /** Ten pods in one process are larger than one. */
    private static final List<String> LARGE = List.of("-Xmx1500m");

    private ManyInterfacesRun() {}

    /**
     * Measures one way.
     *
     * @param folder where its log goes
     */
    public static Figures of(Way way, Path folder) throws IOException {
        // Not the loopback address, which Dubbo does not enter in a registry.
        String host = NetUtils.getLocalHost();
        Path hosts = names(host, folder.resolve("hosts"));
        Path figures = folder.resolve(way.name().toLowerCase(Locale.ROOT) + ".json");
        try (ZooKeeperRegistry registry = ZooKeeperRegistry.start(host);
                HostJvm process = HostJvm.start(
                        way.name().toLowerCase(Locale.ROOT),
                        folder,
                        HostJvm.classPath(way.hasLandfall()),
                        LARGE,
                        ManyInterfaces.class.getName(),
                        List.of(way.name(), host, registry.address(), figures.toString()),
                        Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts),
                        line -> {})) {
            process.awaitGoodEnd(BOUND);
        }
        return new ObjectMapper().readValue(figures.toFile(), Figures.class);
    }

    /** What a wildcard record of the DNS does. The file is all that the process knows, also of the machine it runs on. */
    private static Path names(String host, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String pods = IntStream.range(0, ManyInterfaces.PODS)
                .mapToObj(pod -> ManyInterfaces.pod(pod) + "-0." + ManyInterfaces.DOMAIN)
                .collect(Collectors.joining(" "));
        String machine = InetAddress.getLocalHost().getHostName();
        return Files.writeString(file, "127.0.0.1 localhost\n" + host + " " + machine + " " + pods + "\n");
    }
}
