package io.landfall.e2e.field;

import io.landfall.examples.greeter.GreeterMain;
import io.landfall.examples.load.dubbo.GreetingService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** An application with Landfall as a process of this machine, for what can be seen without a cluster, and to the millisecond. */
public final class HostApplication implements AutoCloseable {

    private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final int LATER_CALLS = 20;

    private final Application application;
    private final Path folder;
    private final int httpPort = freePort();
    private final int dubboPort = freePort();
    private final int probePort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final FrameworkModel consumer = new FrameworkModel();
    private final HostJvm process;
    private final Optional<GreetingService> overDubbo;

    private HostApplication(Application application, Path folder) {
        this.application = application;
        this.folder = folder;
        boolean plain = application.platform() == Application.Platform.MAIN;
        process = HostJvm.start(
                "application",
                folder,
                plain ? HostJvm.classPath(true) : application.classPathInBuild(),
                List.of(),
                plain ? GreeterMain.class.getName() : Application.BOOT_MAIN,
                List.of(),
                environment(),
                output::add);
        Await.until(application + " is ready", this::isReady);
        overDubbo = application.kind().answersHttp() ? Optional.empty() : Optional.of(reference());
    }

    /** Starts it, and returns when it is ready. Its log goes into the folder. */
    public static HostApplication start(Application application, Path folder) {
        return new HostApplication(application, folder);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(application.environment());
        environment.put("GREETING_REGISTRY", RegistryConfig.NO_AVAILABLE);
        environment.put("GREETING_HOST", HOST);
        environment.put("GREETING_PORT", String.valueOf(dubboPort));
        environment.put("SERVER_PORT", String.valueOf(httpPort));
        environment.put("LANDFALL_PROBE_PORT", String.valueOf(probePort));
        return environment;
    }

    private boolean isReady() {
        process.requireAlive();
        try {
            HttpRequest probe = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + probePort + "/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private CompletableFuture<?> call(Duration work) {
        return overDubbo
                .<CompletableFuture<?>>map(service -> service.greet("caller", (int) work.toMillis()))
                .orElseGet(() -> callOverHttp(work));
    }

    private CompletableFuture<?> callOverHttp(Duration work) {
        URI uri = URI.create("http://" + HOST + ":" + httpPort + "/greetings?millis=" + work.toMillis());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(CALL)
                .build();
        return http.sendAsync(request, BodyHandlers.discarding());
    }

    private GreetingService reference() {
        ReferenceConfig<GreetingService> reference = new ReferenceConfig<>();
        reference.setInterface(GreetingService.class);
        reference.setUrl(application.protocol() + "://" + HOST + ":" + dubboPort);
        reference.setTimeout((int) CALL.toMillis());
        reference.setRetries(0);
        ApplicationConfig caller = new ApplicationConfig("caller");
        caller.setQosEnable(false);
        DubboBootstrap.newInstance(consumer)
                .application(caller)
                .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE))
                .reference(reference)
                .start();
        return reference.get();
    }

    /** Begins a call that takes so long, and returns when it runs: calls that came after it have been answered. */
    public CompletableFuture<?> begin(Duration work) {
        CompletableFuture<?> call = call(work);
        for (int later = 0; later < LATER_CALLS; later++) {
            call(Duration.ZERO).join();
        }
        return call;
    }

    /** Sends SIGTERM. */
    public void sigterm() {
        process.sigterm();
    }

    /** Returns when the process has ended. */
    public void awaitEnd(Duration bound) {
        process.awaitEnd(bound);
    }

    /** What it says of its drain by now. */
    public Optional<DrainLog> drain() {
        // Spring Boot writes to its output, a plain main to standard error.
        return DrainLog.in(output).or(() -> DrainLog.in(folder.resolve("application.log")));
    }

    @Override
    public void close() {
        process.close();
        consumer.destroy();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException("there is no free port", none);
        }
    }
}
