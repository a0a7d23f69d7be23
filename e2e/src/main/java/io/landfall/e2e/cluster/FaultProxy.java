package io.landfall.e2e.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between an engine and the API server, and does to its requests what networks and servers in trouble do: keeps them out, answers with
 * 429, 500 or 409, loses the answer to a write that was done, or holds back what a watch has to say.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final int CONFLICT = 409;
    private static final int NO_UPGRADE = 200;
    private static final Set<String> HOP_BY_HOP =
            Set.of("host", "connection", "upgrade", "content-length", "transfer-encoding", "http2-settings", "expect");

    private final KubernetesClient behind;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger injected = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Random dice;
    private volatile double share;
    private volatile boolean away;
    private final List<Runnable> kept = new ArrayList<>();
    private boolean silent;

    private final Optional<String> user;
    private final Witness witness;

    private FaultProxy(KubernetesClient behind, long seed, Optional<String> user, Witness witness) throws IOException {
        this.behind = behind;
        this.user = user;
        this.witness = witness;
        dice = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Passes everything on, until it is told otherwise, by a connection of its own. */
    public static FaultProxy before(Cluster cluster, long seed) {
        try {
            return new FaultProxy(connected(cluster), seed, Optional.empty(), (method, uri, code) -> {});
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /**
     * Passes everything on as if a user had said it, who has that user's rights and no others.
     *
     * @param user as the API server calls it
     * @param witness sees all that is answered
     */
    public static FaultProxy as(Cluster cluster, String user, Witness witness) {
        try {
            return new FaultProxy(connected(cluster), 0, Optional.of(user), witness);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Asks once: it is not for a proxy to ask again. */
    private static KubernetesClient connected(Cluster cluster) {
        try (KubernetesClient patient = cluster.connect()) {
            return new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(patient.getConfiguration())
                            .withRequestRetryBackoffLimit(0)
                            .build())
                    .build();
        }
    }

    /** Sees what is asked and answered; in several threads at once. */
    @FunctionalInterface
    public interface Witness {
        /**
         * The head of an answer is there.
         *
         * @param method of HTTP
         * @param uri what was asked for, without the server
         * @param code of HTTP
         */
        void answered(String method, URI uri, int code);
    }

    /** A client whose requests come through here; the caller closes it. */
    public KubernetesClient connect(int timeoutMillis) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url())
                .withRequestTimeout(timeoutMillis)
                .withConnectionTimeout(timeoutMillis)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Where to reach the API server through here, without saying who one is. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How many requests there have been, watches among them. */
    public int requests() {
        return requests.get();
    }

    /** From now on, this share of all requests fails, each in a way by chance. */
    public void fail(double shareOfRequests) {
        share = shareOfRequests;
    }

    /** How many requests have failed here. */
    public int injected() {
        return injected.get();
    }

    /** Nothing comes through; what had, watches too, ends. */
    public void cut() {
        away = true;
        open.forEach(HttpExchange::close);
        log.info("Nothing comes through to the API server");
    }

    /** It does again. */
    public void mend() {
        away = false;
        log.info("Requests come through to the API server again");
    }

    /** Watches stay open and say nothing, until {@link #speak}. */
    public void silence() {
        synchronized (kept) {
            silent = true;
        }
    }

    /** What watches have kept back, and everything from now on. */
    public void speak() {
        List<Runnable> said;
        synchronized (kept) {
            silent = false;
            said = List.copyOf(kept);
            kept.clear();
        }
        said.forEach(Runnable::run);
    }

    @Override
    public void close() {
        speak();
        server.stop(0);
        threads.shutdownNow();
        behind.close();
    }

    private void handle(HttpExchange exchange) {
        open.add(exchange);
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestHeaders().containsKey("Upgrade")
                    && "websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                // The client then watches by HTTP, which can be passed on.
                exchange.sendResponseHeaders(NO_UPGRADE, -1);
                return;
            }
            requests.incrementAndGet();
            Fault fault = fault(exchange.getRequestMethod());
            switch (fault) {
                case NONE -> forward(exchange, body, true);
                case NO_CONNECTION -> log.debug("{} does not come through", exchange.getRequestURI());
                case NO_ANSWER -> forward(exchange, body, false);
                case BUSY -> refuse(exchange, TOO_MANY_REQUESTS, "TooManyRequests");
                case BROKEN -> refuse(exchange, INTERNAL_ERROR, "InternalError");
                case CONFLICT -> refuse(exchange, CONFLICT, "Conflict");
                default -> throw new IllegalStateException("no such fault: " + fault);
            }
        } catch (IOException | RuntimeException ended) {
            log.debug("{} ended", exchange.getRequestURI(), ended);
        } finally {
            open.remove(exchange);
            exchange.close();
        }
    }

    private enum Fault {
        NONE,
        NO_CONNECTION,
        NO_ANSWER,
        BUSY,
        BROKEN,
        CONFLICT
    }

    private Fault fault(String method) {
        if (away) {
            return Fault.NO_CONNECTION;
        }
        synchronized (dice) {
            if (dice.nextDouble() >= share) {
                return Fault.NONE;
            }
            injected.incrementAndGet();
            List<Fault> possible = method.equals("GET")
                    ? List.of(Fault.NO_CONNECTION, Fault.BUSY, Fault.BROKEN)
                    : List.of(Fault.NO_CONNECTION, Fault.NO_ANSWER, Fault.BUSY, Fault.BROKEN, Fault.CONFLICT);
            return possible.get(dice.nextInt(possible.size()));
        }
    }

    private static void refuse(HttpExchange exchange, int code, String reason) throws IOException {
        byte[] status = ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"" + reason
                        + "\",\"message\":\"injected by the test\",\"code\":" + code + "}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (code == TOO_MANY_REQUESTS) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.sendResponseHeaders(code, status.length);
        exchange.getResponseBody().write(status);
    }

    private void forward(HttpExchange exchange, byte[] body, boolean answered) throws IOException {
        HttpRequest.Builder request = behind.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(strip(behind.getMasterUrl().toString()) + exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !isOfUpgrade(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        user.ifPresent(name -> request.header("Impersonate-User", name));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // Without a body it is one of the methods that have none.
        request.method(exchange.getRequestMethod(), type, body.length == 0 ? null : text(body));
        Answer answer = new Answer(exchange, answered);
        HttpResponse<AsyncBody> response = behind.getHttpClient()
                .consumeBytes(request.build(), answer::part)
                .join();
        witness.answered(exchange.getRequestMethod(), exchange.getRequestURI(), response.code());
        answer.begin(response);
        response.body().consume();
        response.body().done().join();
        answer.end();
    }

    private static boolean isOfUpgrade(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("sec-websocket");
    }

    private static String text(byte[] body) {
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String strip(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Goes to the client as it comes. */
    private final class Answer {
        private final HttpExchange exchange;
        private final boolean answered;

        Answer(HttpExchange exchange, boolean answered) {
            this.exchange = exchange;
            this.answered = answered;
        }

        void begin(HttpResponse<AsyncBody> response) throws IOException {
            if (answered) {
                String type = response.header("Content-Type");
                exchange.getResponseHeaders().set("Content-Type", type == null ? "application/json" : type);
                exchange.sendResponseHeaders(response.code(), 0);
            }
        }

        void part(List<ByteBuffer> buffers, AsyncBody rest) {
            if (!isKept(() -> pass(buffers, rest))) {
                pass(buffers, rest);
            }
        }

        private void pass(List<ByteBuffer> buffers, AsyncBody rest) {
            try {
                if (answered) {
                    write(buffers);
                }
                rest.consume();
            } catch (IOException gone) {
                rest.cancel();
            }
        }

        private void write(List<ByteBuffer> buffers) throws IOException {
            OutputStream out = exchange.getResponseBody();
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.write(bytes);
            }
            out.flush();
        }

        /** Nobody waits in a thread of the client behind: what is to be said is put aside. */
        private boolean isKept(Runnable speech) {
            boolean watch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
            synchronized (kept) {
                return watch && silent && kept.add(speech);
            }
        }

        void end() throws IOException {
            if (answered) {
                exchange.getResponseBody().close();
            }
        }
    }
}
