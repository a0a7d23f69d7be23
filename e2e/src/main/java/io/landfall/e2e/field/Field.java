package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.examples.load.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both worlds, with calls between them: a registry and providers on the host, pods behind an external address, consumers
 * on the host and in a pod. The {@link Mode} says what is stock and what has Landfall.
 */
public final class Field implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Field.class);

    /** A call without an answer by then is lost. */
    public static final int TIMEOUT_MILLIS = 15_000;

    /** Providers on the host. */
    public static final int OLD_WORLD = 2;

    /** What a connection that is thrown again takes to be back, several times over. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private static final Duration SETTLED_AT_MOST = Duration.ofMinutes(4);

    private static final String DEADLINE = "30s";
    /** Four pods that come find room on two processors while four that go are still there: a kubelet says that they are gone every ten seconds. */
    private static final Cpu CPU = new Cpu("200m", "800m");
    /** Four applications that start at once leave half of two processors to those that serve. */
    private static final Cpu LITTLE_CPU = new Cpu("100m", "300m");

    private final TestNamespace namespace;
    private final Mode mode;
    private final Application application;
    private final Registry registry;
    private final String externalAddress;
    private final @Nullable EntryNames names;
    private final Greeters greeters;
    private final OldWorld oldWorld;
    private final List<Consumer> consumers = new ArrayList<>();

    private Field(TestNamespace namespace, Mode mode, Application application, boolean named) {
        this.namespace = namespace;
        this.mode = mode;
        this.application = application;
        registry = registry(namespace, application);
        oldWorld = new OldWorld(namespace, registry, application);
        externalAddress = expose(namespace);
        names = named ? new EntryNames(namespace, externalAddress) : null;
        greeters = new Greeters(namespace, registry, mode, application, externalAddress);
    }

    /** A registry and an external address for {@code examples/greeter}; nobody serves yet. */
    public static Field open(TestNamespace namespace, Mode mode, String protocol) {
        return open(namespace, mode, Application.plain(protocol));
    }

    /** A registry and an external address; nobody serves yet. */
    public static Field open(TestNamespace namespace, Mode mode, Application application) {
        return new Field(namespace, mode, application, false);
    }

    /** The same, where the external address has a name for each entry of each pod. */
    public static Field openWithNames(TestNamespace namespace, Mode mode, Application application) {
        return new Field(namespace, mode, application, true);
    }

    /** The pods behind the external address. */
    public Greeters greeters() {
        return greeters;
    }

    /** Starts pods, and returns when they serve. */
    public Field withGreeters(int replicas) {
        return withGreeters(replicas, DEADLINE, CPU);
    }

    /** The same, where two processors must have room for eight of them. */
    public Field withSmallGreeters(int replicas) {
        return withGreeters(replicas, DEADLINE, LITTLE_CPU);
    }

    /**
     * Starts pods, and returns when they serve.
     *
     * @param deadline of their drain, as in {@code 30s}
     */
    public Field withGreeters(int replicas, String deadline) {
        return withGreeters(replicas, deadline, CPU);
    }

    private Field withGreeters(int replicas, String deadline, Cpu cpu) {
        Map<String, String> values = new HashMap<>(application.values(mode));
        values.put("replicas", String.valueOf(replicas));
        values.put("image", namespace.cluster().image());
        values.put("pull", namespace.cluster().pullPolicy());
        values.put("registry", registry.url());
        values.put("eip", names == null ? externalAddress : names.wildcard());
        values.put("deadline", deadline);
        values.put("cpu", cpu.request);
        values.put("cpuLimit", cpu.limit);
        namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .resource(Manifest.read(application.manifest(mode), values, Deployment.class))
                .create();
        greeters.awaitServing();
        return this;
    }

    /** Starts providers on the host, which register the host's address, and returns when they serve. */
    public Field withOldWorld() {
        oldWorld.start(OLD_WORLD);
        return this;
    }

    /** Starts a consumer on the host, of Dubbo a second one in a pod, and returns when all have had answers. */
    public Field withConsumers(Load load) {
        if (application.kind().answersHttp()) {
            add(HostConsumer.overHttp("web", namespace.folder(), url(), load, TIMEOUT_MILLIS));
        } else {
            add(PodConsumer.start(
                    namespace, mode.onConsumers(), registry.url(), application.protocol(), load, TIMEOUT_MILLIS));
        }
        if (application.kind().answersDubbo()) {
            add(hostConsumer("host", load, TIMEOUT_MILLIS));
        }
        Await.until("the first answers", () -> consumers().allMatch(Field::hasAnswers));
        log.info("The consumers have first answers");
        return this;
    }

    /** Starts consumers on the host, each a process, and returns when all have had answers. */
    public Field withHostConsumers(int count, Load each) {
        for (int n = 1; n <= count; n++) {
            add(hostConsumer("host-" + n, each, TIMEOUT_MILLIS));
        }
        Await.until("the first answers", () -> consumers().allMatch(Field::hasAnswers));
        return this;
    }

    /** Starts one more consumer on the host, which nobody waits for or stops; the caller closes it. */
    public Consumer hostConsumer(String name, Load load, int timeoutMillis) {
        if (application.kind() == Application.Kind.EUREKA) {
            return HostConsumer.overEureka(name, namespace.folder(), registry.url(), load, timeoutMillis);
        }
        return HostConsumer.start(
                name,
                namespace.folder(),
                mode.onConsumers(),
                names == null ? Map.of() : names.environment(),
                load.arguments(
                        name,
                        registry.url(),
                        application.protocol(),
                        timeoutMillis,
                        HostConsumer.report(name, namespace.folder()).toString()));
    }

    private String url() {
        return "http://" + externalAddress + ":8080/greetings?millis={millis}";
    }

    /** Returns when the load has gone on for that long, by the count of calls on the host; all consumers have one rate. */
    public void letThemCall(Load load, int seconds) {
        letThemCall(load, seconds, () -> {});
    }

    private void letThemCall(Load load, int seconds, Runnable meanwhile) {
        Consumer onHost = consumers.get(consumers.size() - 1);
        long goal = sent(onHost) + (long) load.callsPerSecond() * seconds;
        Await.until("calls of the consumer " + onHost.name(), Duration.ofSeconds(seconds + 10), () -> {
            meanwhile.run();
            return sent(onHost) >= goal;
        });
    }

    /**
     * Returns when the load has gone on for that long, and none of the host's connections to the external address has come or gone for
     * ten seconds.
     *
     * @return when the last one did; when this was called, if none
     */
    public Instant letThemSettle(Load load, int seconds) {
        HostConnections connections = HostConnections.to(externalAddress);
        letThemCall(load, seconds, connections::look);
        Await.until("the end of connections that come and go", SETTLED_AT_MOST, () -> connections
                .look()
                .isBefore(Instant.now().minus(SETTLED)));
        return connections.look();
    }

    /** How many calls have been made so far. */
    public long calls() {
        return consumers.stream().mapToLong(Field::sent).sum();
    }

    /** Returns when a consumer waits for so many answers, or for all but the one that it has not spoken of yet. */
    public void awaitInFlight(Consumer consumer, int calls) {
        Await.until(
                "calls in flight of the consumer " + consumer.name(),
                () -> consumer.progress().map(Progress::inFlight).orElse(0) >= calls - 1);
    }

    /** Ends the load, waits for the stragglers, and counts. */
    public Totals stopConsumers() {
        log.info("Stopping the consumers");
        consumers.forEach(Consumer::stop);
        return Totals.of(consumers.stream().map(Consumer::report).toList());
    }

    @Override
    public void close() throws IOException {
        consumers.forEach(Consumer::close);
        oldWorld.close();
        if (names != null) {
            names.close();
        }
        registry.close();
    }

    private Stream<Consumer> consumers() {
        return consumers.stream();
    }

    private void add(Consumer consumer) {
        consumers.add(consumer);
    }

    private static boolean hasAnswers(Consumer consumer) {
        return consumer.progress().map(Progress::answered).orElse(0L) > 0;
    }

    private static long sent(Consumer consumer) {
        return consumer.progress().map(Progress::sent).orElse(0L);
    }

    /** What a pod is promised, and what an application on Spring Boot may take, which is slow to start. */
    private record Cpu(String request, String limit) {}

    private static Registry registry(TestNamespace namespace, Application application) {
        String host = namespace.cluster().hostAddress();
        return application.kind() == Application.Kind.EUREKA
                ? EurekaRegistry.start(host, namespace.folder())
                : ZooKeeperRegistry.start(host);
    }

    private static String expose(TestNamespace namespace) {
        namespace
                .client()
                .services()
                .inNamespace(namespace.name())
                .resource(Manifest.read("service.yaml", Map.of(), Service.class))
                .create();
        return namespace.addressOf("greeter");
    }
}
