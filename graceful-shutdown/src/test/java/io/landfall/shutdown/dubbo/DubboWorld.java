package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.common.stream.StreamObserver;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.service.GenericService;

/** A real ZooKeeper, providers and consumers, each with a Dubbo framework of its own, in one JVM. */
public final class DubboWorld implements AutoCloseable {

    /** Landfall is on the class path of all, and out of the way of these. */
    private static final Map<String, String> STOCK = Map.of("landfall.consumer.renew", "false");

    /** How long a call takes that a test ends, by {@link #release()}. */
    public static final long UNTIL_RELEASED = -1;

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final TestingServer zooKeeper;
    private final CuratorFramework client;
    private final List<FrameworkModel> frameworks = new ArrayList<>();

    /** Starts the ZooKeeper. */
    public DubboWorld() throws Exception {
        zooKeeper = new TestingServer(FreePort.next(), true);
        client = CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100));
        client.start();
    }

    /** A provider that drains when its {@link Drain} is run. */
    public Provider provide(String protocol, DrainPolicy policy) {
        Provider provider = provide(protocol, new Drain(policy));
        provider.drain().readiness().accept();
        return provider;
    }

    /** A provider that takes part in a drain, whose readiness is the caller's to set. */
    public Provider provide(String protocol, Drain drain) {
        return provide(protocol, drain, "interface");
    }

    /** The same, entered in the registry by {@code interface}, by {@code instance}, or by {@code all}. */
    public Provider provide(String protocol, Drain drain, String registerMode) {
        return provide(protocol, drain, registerMode, registry());
    }

    /** One that reaches the registry through a relay. */
    public Provider provideThrough(Relay relay, DrainPolicy policy) {
        Drain drain = new Drain(policy);
        drain.readiness().accept();
        return provide("dubbo", drain, "interface", new RegistryConfig("zookeeper://127.0.0.1:" + relay.port()));
    }

    /** One that registers through a relay first, and directly too. */
    public Provider provideAlsoThrough(Relay relay, DrainPolicy policy) {
        Drain drain = new Drain(policy);
        drain.readiness().accept();
        RegistryConfig relayed = new RegistryConfig("zookeeper://127.0.0.1:" + relay.port());
        return provide("dubbo", drain, "interface", List.of(relayed, registry()));
    }

    /** One that registers somewhere else, whose readiness is the caller's to set. */
    public Provider provideAt(RegistryConfig registry, Drain drain) {
        return provide("dubbo", drain, "interface", registry);
    }

    /** One that provides the same service in two versions. */
    public Provider provideTwice(String protocol, DrainPolicy policy) {
        Drain drain = new Drain(policy);
        drain.readiness().accept();
        ServiceConfig<Sleeper> second = service(Sleeper.class, new RealSleeper(released));
        second.setVersion("2.0");
        return provide(protocol, drain, "interface", registry(), second);
    }

    private Provider provide(
            String protocol, Drain drain, String registerMode, RegistryConfig registry, ServiceConfig<?>... more) {
        return provide(protocol, drain, registerMode, List.of(registry), more);
    }

    private Provider provide(
            String protocol,
            Drain drain,
            String registerMode,
            List<RegistryConfig> registries,
            ServiceConfig<?>... more) {
        FrameworkModel framework = framework();
        DubboDrain.of(framework).use(drain);
        ProtocolConfig onFreePort = new ProtocolConfig(protocol, FreePort.next());
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(framework)
                .application(application("provider", registerMode))
                .registries(registries)
                .protocol(onFreePort)
                .service(service(Sleeper.class, new RealSleeper(released)));
        if (protocol.equals("tri")) {
            bootstrap.service(service(Streamer.class, new RealStreamer()));
        }
        List.of(more).forEach(bootstrap::service);
        bootstrap.start();
        return new Provider(framework, drain, onFreePort.getPort());
    }

    private static <T> ServiceConfig<T> service(Class<T> type, T implementation) {
        ServiceConfig<T> service = new ServiceConfig<>();
        service.setInterface(type);
        service.setRef(implementation);
        return service;
    }

    /** A stock consumer without retries. */
    public Sleeper consume(String protocol) {
        return consume(Sleeper.class, protocol);
    }

    /** A stock consumer without retries. */
    public <T> T consume(Class<T> service, String protocol) {
        return refer(reference(service, protocol), STOCK);
    }

    /** A stock consumer that opens several connections of the dubbo protocol to each provider, as behind a balancer. */
    public Sleeper consumeOver(int connections) {
        ReferenceConfig<Sleeper> reference = reference(Sleeper.class, "dubbo");
        reference.setConnections(connections);
        return refer(reference, STOCK);
    }

    /** A stock consumer that knows providers by their applications only. */
    public Sleeper consumeByApplication(String protocol) {
        ReferenceConfig<Sleeper> reference = reference(Sleeper.class, protocol);
        reference.setParameters(Map.of("migration.step", "FORCE_APPLICATION"));
        return refer(reference, STOCK);
    }

    /** A stock consumer that does not have the interface. */
    public GenericService consumeGenerically(String protocol) {
        ReferenceConfig<GenericService> reference = new ReferenceConfig<>();
        reference.setInterface(Sleeper.class.getName());
        reference.setGeneric("true");
        reference.setProtocol(protocol);
        reference.setRetries(0);
        reference.setTimeout(15_000);
        return refer(reference, STOCK);
    }

    /** A stock consumer that knows one address only, not from the registry. */
    public Sleeper consumeAt(String url) {
        return consumeAt(Sleeper.class, url);
    }

    /** A stock consumer that knows one address only, not from the registry. */
    public <T> T consumeAt(Class<T> service, String url) {
        return consumeAt(service, url, STOCK);
    }

    /** A consumer that has Landfall too, and knows one address only, not from the registry. */
    public Sleeper consumeByLandfall(String url) {
        return consumeAt(Sleeper.class, url, Map.of());
    }

    private <T> T consumeAt(Class<T> service, String url, Map<String, String> settings) {
        ReferenceConfig<T> reference = reference(service, "tri");
        reference.setUrl(url);
        return refer(reference, settings);
    }

    private static <T> ReferenceConfig<T> reference(Class<T> service, String protocol) {
        ReferenceConfig<T> reference = new ReferenceConfig<>();
        reference.setInterface(service);
        reference.setProtocol(protocol);
        reference.setRetries(0);
        reference.setTimeout(15_000);
        return reference;
    }

    private <T> T refer(ReferenceConfig<T> reference, Map<String, String> settings) {
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(framework());
        bootstrap.getApplicationModel().modelEnvironment().updateAppConfigMap(settings);
        bootstrap
                .application(application("consumer", "interface"))
                .registry(registry())
                .reference(reference)
                .start();
        return reference.get();
    }

    /** Ends the calls that run, and those to come, which take {@link #UNTIL_RELEASED}. */
    public void release() {
        released.complete(null);
    }

    /** Where the ZooKeeper listens. */
    public int registryPort() {
        return zooKeeper.getPort();
    }

    /** The provider URLs that ZooKeeper lists. */
    public List<String> listed() throws Exception {
        String path = "/dubbo/" + Sleeper.class.getName() + "/providers";
        return client.checkExists().forPath(path) == null
                ? List.of()
                : client.getChildren().forPath(path);
    }

    /** The instances of the provider's application that ZooKeeper lists. */
    public List<String> instances() throws Exception {
        String path = "/services/provider";
        return client.checkExists().forPath(path) == null
                ? List.of()
                : client.getChildren().forPath(path);
    }

    /** What ZooKeeper keeps of one of them, as JSON. */
    public String instance(String id) throws Exception {
        return new String(client.getData().forPath("/services/provider/" + id), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        release();
        // Dubbo would wait for what a test has left behind on purpose.
        ConfigurationUtils.setExpectedShutdownTime(System.currentTimeMillis() + 100);
        frameworks.forEach(FrameworkModel::destroy);
        ConfigurationUtils.setExpectedShutdownTime(Long.MAX_VALUE);
        client.close();
        zooKeeper.close();
    }

    private FrameworkModel framework() {
        FrameworkModel framework = new FrameworkModel();
        frameworks.add(framework);
        return framework;
    }

    private static ApplicationConfig application(String name, String registerMode) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setRegisterMode(registerMode);
        return application;
    }

    private RegistryConfig registry() {
        return new RegistryConfig("zookeeper://" + zooKeeper.getConnectString());
    }

    /** A provider and its drain. */
    public record Provider(FrameworkModel framework, Drain drain, int port) {
        /** The calls that run. */
        public int inFlight() {
            return drain.inFlight(DubboDrain.KIND).count();
        }
    }

    /** Its sleep is the work of a real service; no test waits by it. */
    private record RealSleeper(CompletableFuture<Void> released) implements Sleeper {
        @Override
        public String sleep(String name, long millis) {
            if (millis == UNTIL_RELEASED) {
                return sleepAside(name, millis).join();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "hello " + name;
        }

        @Override
        public CompletableFuture<String> sleepAside(String name, long millis) {
            if (millis == UNTIL_RELEASED) {
                return released.thenApply(end -> "hello " + name);
            }
            return CompletableFuture.supplyAsync(
                    () -> "hello " + name, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        }
    }

    /** Its streams end by themselves, or when the caller ends them. */
    private static final class RealStreamer implements Streamer {
        @Override
        public void ticks(String name, StreamObserver<String> ticks) {
            ticks.onNext("tick " + name);
            CompletableFuture.delayedExecutor(Streamer.LASTS.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        ticks.onNext("last tick " + name);
                        ticks.onCompleted();
                    });
        }

        @Override
        public StreamObserver<String> echo(StreamObserver<String> echoes) {
            return new StreamObserver<>() {
                @Override
                public void onNext(String word) {
                    echoes.onNext("echo " + word);
                }

                @Override
                public void onError(Throwable failure) {
                    echoes.onError(failure);
                }

                @Override
                public void onCompleted() {
                    echoes.onCompleted();
                }
            };
        }
    }
}
