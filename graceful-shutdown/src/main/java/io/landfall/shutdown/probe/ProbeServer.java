package io.landfall.shutdown.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.landfall.shutdown.Drain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /drain} on a port of its own, with the JDK's HTTP server and at most
 * four daemon threads. {@code /readyz} answers 200 or 503, as kubelets expect.
 *
 * <p>{@code /drain} is for this host (a {@code preStop} hook of kind {@code exec}, or a person in the pod). From elsewhere
 * it needs the header {@code Authorization: Bearer <token>}; without a token set it is refused.
 */
public final class ProbeServer implements AutoCloseable {

    /** Where it listens when nothing else is said. */
    public static final int DEFAULT_PORT = 8719;

    private static final Logger log = LoggerFactory.getLogger(ProbeServer.class);
    private static final int THREADS = 4;
    private static final int WAITING_REQUESTS = 64;

    private final Drain drain;
    private final Optional<String> token;
    private final HttpServer server;
    private final ExecutorService threads;

    private ProbeServer(Drain drain, Optional<String> token, HttpServer server) {
        this.drain = drain;
        this.token = token;
        this.server = server;
        this.threads = fewThreads();
    }

    /**
     * Starts to serve.
     *
     * @param drain whose truth is told
     * @param host the address to bind, such as {@code 0.0.0.0}; a kubelet calls the pod's address
     * @param port the port to bind; 0 for any
     * @param token what {@code /drain} asks of callers from other hosts; empty: they are refused
     * @throws IllegalStateException if the port cannot be bound; the message says what to change
     */
    public static ProbeServer start(Drain drain, String host, int port, Optional<String> token) {
        ProbeServer probe = new ProbeServer(drain, token, bind(host, port));
        probe.serve();
        return probe;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once. A drain asked for here goes on. */
    @Override
    public void close() {
        close(0);
    }

    /** Stops when those who wait for an answer have it, or after a second. */
    public void closeAnswered() {
        close(1);
    }

    private void close(int seconds) {
        server.stop(seconds);
        threads.shutdown();
    }

    private void serve() {
        server.createContext("/livez", answering(exchange -> respond(exchange, 200, "ok\n")));
        server.createContext("/readyz", answering(this::readyz));
        server.createContext("/drain", answering(this::drain));
        server.setExecutor(threads);
        startAsDaemon();
        drain.readiness().expectProbes();
        log.info("Probes answer on port {}: /livez /readyz /drain", port());
    }

    /** The JDK's own thread is a daemon if the one is that starts it; else a {@code main} that has returned would not end its JVM. */
    private void startAsDaemon() {
        Thread starter = new Thread(server::start, "landfall-probe-start");
        starter.setDaemon(true);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readyz(HttpExchange exchange) {
        boolean ready = drain.readiness().probe();
        respond(exchange, ready ? 200 : 503, drain.readiness().state() + "\n");
    }

    /** Holds no thread while it waits: whoever drains still answers its probes. */
    private void drain(HttpExchange exchange) {
        if (!allowed(exchange)) {
            respond(
                    exchange,
                    403,
                    "/drain is for this host, or for a caller with 'Authorization: Bearer <landfall.probe.token>'\n");
            return;
        }
        CompletableFuture<?> unused = drain.begin("GET /drain").whenComplete((report, failure) -> {
            if (failure == null) {
                respond(exchange, 200, report.toReadableBlock() + "\n");
            } else {
                respond(exchange, 500, "The drain failed: " + failure + "\n");
            }
        });
    }

    private boolean allowed(HttpExchange exchange) {
        InetSocketAddress caller = exchange.getRemoteAddress();
        if (caller.getAddress().isLoopbackAddress()) {
            return true;
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return token.isPresent() && given != null && sameInConstantTime("Bearer " + token.get(), given);
    }

    private static boolean sameInConstantTime(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Every request gets an answer, whatever its handler does. */
    private static HttpHandler answering(HttpHandler handler) {
        return exchange -> {
            try {
                handler.handle(exchange);
            } catch (RuntimeException e) {
                log.warn("Probe {} failed: {}", exchange.getRequestURI().getPath(), e.toString());
                respond(exchange, 500, e.getMessage() + "\n");
            }
        };
    }

    /** Answers and closes the exchange. */
    private static void respond(HttpExchange exchange, int status, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException callerGone) {
            log.debug("A prober hung up: {}", callerGone.toString());
        }
    }

    private static HttpServer bind(String host, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(host, port), WAITING_REQUESTS);
        } catch (IOException | UnresolvedAddressException e) {
            throw new IllegalStateException(
                    "The probe sidecar cannot listen on " + host + ":" + port + " (" + e
                            + "): set landfall.probe.port to a free port, or landfall.probe.host to an address of this pod",
                    e);
        }
    }

    private static ExecutorService fewThreads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "landfall-probe-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
