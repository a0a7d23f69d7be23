package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** A real ZooKeeper, providers and consumers, each with a Dubbo framework of its own, in one JVM. */
public final class DubboWorld implements AutoCloseable {

    private final TestingServer zooKeeper;
    private final CuratorFramework client;
    private final List<FrameworkModel> frameworks = new ArrayList<>();

    /** Starts the ZooKeeper. */
    public DubboWorld() throws Exception {
        zooKeeper = new TestingServer(true);
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
        FrameworkModel framework = framework();
        DubboDrain.of(framework).use(drain);
        ServiceConfig<Sleeper> service = new ServiceConfig<>();
        service.setInterface(Sleeper.class);
        service.setRef(new RealSleeper());
        ProtocolConfig onFreePort = new ProtocolConfig(protocol, InstanceSpec.getRandomPort());
        DubboBootstrap.newInstance(framework)
                .application(application("provider"))
                .registry(registry())
                .protocol(onFreePort)
                .service(service)
                .start();
        return new Provider(framework, drain, onFreePort.getPort());
    }

    /** A stock consumer without retries. */
    public Sleeper consume(String protocol) {
        return reference(protocol, Map.of("landfall.consumer.renew", "false"), "");
    }

    /** A consumer that has Landfall too, and knows one provider only, not from the registry. */
    public Sleeper consumeByLandfall(String url) {
        return reference("tri", Map.of(), url);
    }

    private Sleeper reference(String protocol, Map<String, String> settings, String url) {
        FrameworkModel framework = framework();
        framework.defaultApplication().modelEnvironment().updateAppConfigMap(settings);
        ReferenceConfig<Sleeper> reference = new ReferenceConfig<>();
        reference.setInterface(Sleeper.class);
        reference.setProtocol(protocol);
        reference.setRetries(0);
        reference.setTimeout(15_000);
        reference.setUrl(url);
        DubboBootstrap.newInstance(framework)
                .application(application("consumer"))
                .registry(registry())
                .reference(reference)
                .start();
        return reference.get();
    }

    /** The provider URLs that ZooKeeper lists. */
    public List<String> listed() throws Exception {
        String path = "/dubbo/" + Sleeper.class.getName() + "/providers";
        return client.checkExists().forPath(path) == null
                ? List.of()
                : client.getChildren().forPath(path);
    }

    @Override
    public void close() throws IOException {
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

    private static ApplicationConfig application(String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setRegisterMode("interface");
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
    private static final class RealSleeper implements Sleeper {
        @Override
        public String sleep(String name, long millis) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "hello " + name;
        }

        @Override
        public CompletableFuture<String> sleepAside(String name, long millis) {
            return CompletableFuture.supplyAsync(
                    () -> "hello " + name, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        }
    }
}
