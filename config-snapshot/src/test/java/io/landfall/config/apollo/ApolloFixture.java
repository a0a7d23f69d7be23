package io.landfall.config.apollo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.landfall.config.apollo.ApolloContents.Space;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plays an Apollo 2.5.2 on a port of its own: the config service and the portal's open API, as far as a real one's answers were
 * recorded. {@code ApolloFixtureTest} shows that its answers are those, and that Apollo's own clients take it for one.
 *
 * <p>There are: releases, gray releases by address and label, clusters that fall back to {@code default}, public namespaces, access
 * keys, long polls (5 s instead of 60); items with pages, namespaces, latest releases, publishing. There are not: several
 * environments, permissions, the meta service, data centres, incremental answers.
 */
public final class ApolloFixture implements AutoCloseable {

    /** The one environment. */
    public static final String ENV = "LOCAL";

    /** Of the open API. */
    public static final String TOKEN = "e16e5cd903fd0c97a116c873b448544b9d086de8";

    private final ApolloContents contents = new ApolloContents();
    private final ConfigServiceAnswers configService = new ConfigServiceAnswers(contents);
    private final OpenApiAnswers openApi = new OpenApiAnswers(contents, ENV, TOKEN);
    private final List<Planned> faults = new ArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(job -> {
        Thread thread = new Thread(job, "apollo-fixture");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;

    private ApolloFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** An empty one. */
    public static ApolloFixture start() throws IOException {
        return new ApolloFixture();
    }

    /** Where clients ask. */
    public URI configService() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where people edit; the same server. */
    public URI portal() {
        return configService();
    }

    /** An application with its namespace {@code application} in its cluster {@code default}. */
    public ApolloFixture application(String appId, String name) {
        contents.application(appId, name);
        return this;
    }

    /** From here on, requests for this application must be signed. */
    public ApolloFixture accessKey(String appId, String secret) {
        configService.accessKey(appId, secret);
        return this;
    }

    /** Edits an item, in a namespace that is made if needed. A namespace that is one text has the item {@code content}. */
    public ApolloFixture item(
            String appId, String cluster, String namespace, String key, String value, String comment) {
        contents.item(space(appId, cluster, namespace), key, value, comment);
        return this;
    }

    /** Removes an item. */
    public ApolloFixture removeItem(String appId, String cluster, String namespace, String key) {
        contents.removeItem(space(appId, cluster, namespace), key);
        return this;
    }

    /** Releases the items as they are. */
    public ApolloFixture publish(String appId, String cluster, String namespace, String name, String comment) {
        contents.publish(space(appId, cluster, namespace), name, comment);
        return this;
    }

    /** Edits these items of the default cluster without comments, and releases. */
    public ApolloFixture release(String appId, String namespace, Map<String, String> items) {
        items.forEach((key, value) -> item(appId, ApolloContents.DEFAULT, namespace, key, value, ""));
        return publish(appId, ApolloContents.DEFAULT, namespace, "release", "");
    }

    /** Takes the latest release back. */
    public ApolloFixture rollBack(String appId, String cluster, String namespace) {
        contents.rollBack(space(appId, cluster, namespace));
        return this;
    }

    /** Releases changes to some: to addresses or labels, {@code *} for all. */
    public ApolloFixture grayRelease(
            String appId,
            String cluster,
            String namespace,
            Map<String, String> changes,
            List<String> ips,
            List<String> labels) {
        contents.grayRelease(space(appId, cluster, namespace), changes, ips, labels);
        return this;
    }

    /** Makes a namespace one that all applications get. */
    public ApolloFixture share(String appId, String namespace) {
        space(appId, ApolloContents.DEFAULT, namespace).shared = true;
        return this;
    }

    /** Lets the next requests whose path and query have this in them go wrong. Faults that were planned earlier come first. */
    public ApolloFixture fault(String inUri, int times, Fault fault) {
        synchronized (faults) {
            for (int i = 0; i < times; i++) {
                faults.add(new Planned(inUri, fault));
            }
        }
        return this;
    }

    /** Paths and queries of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Ends what hangs, and the server. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private record Planned(String inUri, Fault fault) {}

    private Space space(String appId, String cluster, String namespace) {
        return contents.space(appId, cluster, namespace);
    }

    private Optional<Fault> nextFault(String uri) {
        synchronized (faults) {
            for (Iterator<Planned> all = faults.iterator(); all.hasNext(); ) {
                Planned planned = all.next();
                if (uri.contains(planned.inUri())) {
                    all.remove();
                    return Optional.of(planned.fault());
                }
            }
            return Optional.empty();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Asked asked = Asked.of(exchange);
        requests.add(asked.uri());
        try {
            Optional<Fault> fault = nextFault(asked.uri());
            if (fault.isEmpty() || !fault.get().happen(exchange, closed)) {
                answer(asked).send(exchange);
            }
        } catch (RuntimeException e) {
            Reply.error(500, "Internal Server Error: " + e, asked.uri()).send(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("closed", e);
        }
    }

    private Reply answer(Asked asked) throws IOException, InterruptedException {
        return switch (asked.path().get(0)) {
            case "configs", "configfiles", "notifications" -> configService.answer(asked);
            case "openapi" -> openApi.answer(asked);
            default -> Reply.error(404, "Not Found", asked.uri());
        };
    }
}
