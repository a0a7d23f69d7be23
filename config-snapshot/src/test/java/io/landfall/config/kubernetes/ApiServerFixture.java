package io.landfall.config.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.github.resilience4j.core.IntervalFunction;
import io.landfall.config.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * An API server in this process: fabric8's own for tests, made as strict as a real one where snapshots depend on it, and with faults.
 * Its client is the real one.
 */
final class ApiServerFixture implements AutoCloseable {

    static final String NAMESPACE = "shop";

    /** One attempt after the first, at once. */
    static final ApiRequests.Limits QUICK =
            new ApiRequests.Limits(Duration.ofSeconds(20), 2, IntervalFunction.of(Duration.ofMillis(1)));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger EACH_REQUEST = Logger.getLogger(MockWebServer.class.getName());

    /** What comes between a request and its answer. */
    @FunctionalInterface
    interface Fault {
        MockResponse answer(RecordedRequest request, Supplier<MockResponse> real);
    }

    private final StrictApiServer dispatcher = new FaultyApiServer();
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final OpenWatches watches = new OpenWatches();
    private volatile Fault fault = (request, real) -> real.get();

    ApiServerFixture() {
        EACH_REQUEST.setLevel(Level.WARNING);
        MockWebServer web = new MockWebServer();
        // The JDK's client asks for it, and is not served well.
        web.setHttp2ClearTextEnabled(false);
        server = new KubernetesMockServer(new Context(JSON), web, new HashMap<>(), dispatcher, false);
        server.init();
        client = newClient();
    }

    KubernetesClient client() {
        return client;
    }

    /** To be closed by who asks. */
    KubernetesClient newClient() {
        return server.createClient(
                b -> b.withConfig(ApiServerAccess.withoutAttempts(b.build().getConfiguration())));
    }

    ConfigMapStore store() {
        return new ConfigMapStore(client, NAMESPACE, QUICK);
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    /** As new. */
    void clear() {
        heal();
        dispatcher.reset();
        requests.clear();
    }

    void fault(Fault next) {
        fault = next;
    }

    /** Who asks dies at the n-th request from now on, which is refused, or done without an answer. */
    Death killAt(int n, boolean takesEffect) {
        AtomicInteger count = new AtomicInteger();
        fault = (request, real) -> {
            int at = count.incrementAndGet();
            if (at < n) {
                return real.get();
            }
            if (at == n && takesEffect) {
                return Answers.lost(real.get());
            }
            return Answers.status(503, "ServiceUnavailable", "the publisher is dead");
        };
        return () -> count.get() >= n;
    }

    /** Whether it came so far. */
    @FunctionalInterface
    interface Death {
        boolean came();
    }

    void heal() {
        fault = (request, real) -> real.get();
    }

    /** Method and path of each, also of those that failed. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** {@code create secrets}. */
    void forbid(String verbAndResource) {
        dispatcher.forbid(verbAndResource);
    }

    /** A kind that this Kubernetes does not have: {@code /apis/batch/v1/namespaces/shop/cronjobs}. */
    void forget(String path) {
        dispatcher.forget(path);
    }

    /** The keys that a pod of this version has mounted, of both kinds. */
    Set<String> mounted(SnapshotId version) {
        Set<String> keys = new TreeSet<>();
        String name = ConfigMapStore.nameOfMountedPointer(version);
        dispatcher.objects().stream()
                .filter(o -> o.at("/metadata/name").asText().equals(name))
                .flatMap(o -> Stream.of(o.path("data"), o.path("binaryData")))
                .forEach(data -> data.fieldNames().forEachRemaining(keys::add));
        return keys;
    }

    /** What the API server has: {@code ConfigMap orders-config-1.4.2}. */
    List<String> names() {
        return dispatcher.objects().stream()
                .map(o -> o.path("kind").asText() + " " + o.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    /** Changes an object past all rules, as a damaged disk would. */
    void tamper(String kindAndName, Consumer<ObjectNode> change) {
        dispatcher.tamper(kindAndName, change);
    }

    /** Somebody else was faster. To be called from a {@link Fault}. */
    void insert(HasMetadata object, String plural) {
        MockResponse answer = dispatcher.handleCreate(new RecordedRequest(
                "HTTP/1.1",
                HttpMethod.POST,
                "/api/v1/namespaces/" + NAMESPACE + "/" + plural,
                Headers.builder().build(),
                new Buffer(Serialization.asJson(object).getBytes(StandardCharsets.UTF_8))));
        if (answer.code() != 201) {
            throw new IllegalStateException("not inserted: " + answer.code());
        }
    }

    /** Somebody else removed it. To be called from a {@link Fault}, too. */
    void remove(String path) {
        MockResponse answer = dispatcher.handleDelete(path);
        if (answer.code() != 200) {
            throw new IllegalStateException("not removed: " + answer.code());
        }
    }

    /** Somebody else moved it. To be called from a {@link Fault}, too. */
    void annotate(String path, String annotation, String value) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").putObject("annotations").put(annotation, value);
        MockResponse answer = dispatcher.handlePatch(new RecordedRequest(
                "HTTP/1.1",
                HttpMethod.PATCH,
                path,
                Headers.builder()
                        .add("Content-Type", "application/merge-patch+json")
                        .build(),
                new Buffer(patch.toString().getBytes(StandardCharsets.UTF_8))));
        if (answer.code() >= 300) {
            throw new IllegalStateException("not annotated: " + answer.code());
        }
    }

    /** So many items a page at most, whatever the client asks for. */
    void largestPage(int items) {
        dispatcher.largestPage(items);
    }

    /** How many watches there are. */
    int watches() {
        return watches.number();
    }

    /** As an API server does it after a while. */
    void endWatches() {
        watches.end();
    }

    private final class FaultyApiServer extends StrictApiServer {

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            requests.add(request.getMethod() + " " + request.getPath());
            return watches.known(fault.answer(request, () -> super.dispatch(request)));
        }
    }
}
