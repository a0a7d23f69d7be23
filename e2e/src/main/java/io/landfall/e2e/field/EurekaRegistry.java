package io.landfall.e2e.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.e2e.cluster.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A Eureka server as a process of this machine: {@code examples/eureka}. */
final class EurekaRegistry implements Registry {

    private static final String MAIN = "io.landfall.examples.eureka.EurekaMain";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;
    private final HostJvm process;

    private EurekaRegistry(String hostAddress, Path folder) {
        int port = freePort(hostAddress);
        url = "http://" + hostAddress + ":" + port + "/eureka/";
        process = HostJvm.start(
                "eureka",
                folder,
                classPath(),
                List.of(),
                MAIN,
                List.of(),
                Map.of("SERVER_ADDRESS", hostAddress, "SERVER_PORT", String.valueOf(port)),
                line -> {});
    }

    static EurekaRegistry start(String hostAddress, Path folder) {
        EurekaRegistry registry = new EurekaRegistry(hostAddress, folder);
        Await.until("Eureka", registry::answers);
        return registry;
    }

    /** What {@code examples/eureka} needs to run, its consumer too. */
    static String classPath() {
        return Images.built("eureka", "classes") + ":" + Images.built("eureka", "libs") + "/*";
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public long entriesOf(String address) {
        return instances().stream()
                .filter(instance -> instance.path("ipAddr").asText().equals(address))
                .count();
    }

    @Override
    public Set<String> pods() {
        return instances().stream()
                .map(instance -> instance.path("metadata").path("landfall.pod").asText())
                .filter(pod -> !pod.isEmpty())
                .collect(Collectors.toSet());
    }

    private boolean answers() {
        process.requireAlive();
        try {
            return ask().statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private List<JsonNode> instances() {
        try {
            List<JsonNode> instances = new ArrayList<>();
            JsonNode applications =
                    JSON.readTree(ask().body()).path("applications").path("application");
            applications.forEach(application -> application.path("instance").forEach(instances::add));
            return instances;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the registry did not answer", unreadable);
        }
    }

    private HttpResponse<String> ask() throws IOException {
        HttpRequest apps = HttpRequest.newBuilder(URI.create(url + "apps"))
                .header("Accept", "application/json")
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(apps, BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the registry", interrupted);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static int freePort(String hostAddress) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(hostAddress))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("there is no free port at " + hostAddress, none);
        }
    }
}
