package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.landfall.registry.dubbo.StoppableZooKeeper.Entry;
import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.dubbo.DubboWorld;
import io.landfall.shutdown.dubbo.Sleeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real ZooKeeper that asks for a password, and what may befall it. In all of it, nobody logs the password. */
@Timeout(180)
class RegistryFaultsTest {

    private static final DrainPolicy BRISK =
            DrainPolicy.STANDARD.withQuietPeriod(Duration.ofMillis(300)).withStepLimit(Duration.ofSeconds(1));
    /** Long enough for an answer on any machine. */
    private static final DrainPolicy PATIENT = BRISK.withStepLimit(Duration.ofSeconds(20));

    private static final String SECRET = "s3cret";
    private static final String USER = "app:" + SECRET;
    private static final String PROVIDERS = "/dubbo/" + Sleeper.class.getName() + "/providers";
    private static final Id ANYONE = new Id("world", "anyone");

    private final OwnLog log = new OwnLog();
    /** Shorter, a pause of the machine may end it. */
    private int sessionMillis = 6_000;

    private DubboWorld world;
    private StoppableZooKeeper zooKeeper;
    private CuratorFramework client;

    @BeforeEach
    void startWorld(@TempDir Path folder) throws Exception {
        System.setProperty("landfall.registry.address", "eip.example.com:30880");
        System.setProperty("landfall.pod.name", "greeter-0");
        world = new DubboWorld();
        zooKeeper = new StoppableZooKeeper(folder);
        client = zooKeeper.client(USER);
    }

    @AfterEach
    void stopWorld() throws Exception {
        System.clearProperty("landfall.registry.address");
        System.clearProperty("landfall.pod.name");
        world.close();
        await("the end of what keeps entries").until(RegistryFaultsTest::nobodyRegisters);
        zooKeeper.close();
        log.close();
        assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
        assertThat(log.hasStackTraces()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldWaitForARegistryThatIsNotThereAndEnterThen(boolean alsoForConfiguration) throws Exception {
        RegistryConfig registry = registry();
        registry.setUseAsConfigCenter(alsoForConfiguration);
        registry.setUseAsMetadataCenter(alsoForConfiguration);
        Drain drain = new Drain(BRISK);
        CompletableFuture<DubboWorld.Provider> starting =
                CompletableFuture.supplyAsync(() -> world.provideAt(registry, drain));
        await().until(() -> !log.complaints().isEmpty());
        assertThat(starting).isNotDone();

        zooKeeper.start();

        assertThat(starting).succeedsWithin(60, TimeUnit.SECONDS);
        drain.readiness().accept();
        await().until(() -> entries().size() == 1);
        assertThat(log.complaints()).allMatch(line -> line.startsWith("No ZooKeeper to register in"));
    }

    /** It is lost for longer than a session lasts; "ten minutes" would only take longer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeRegisteredOnceAfterTheRegistryWasLost(boolean withItsData) throws Exception {
        sessionMillis = 1_000;
        zooKeeper.start();
        provide();
        long session = onlyEntry().session();

        zooKeeper.stopUntilSessionsEnd();
        if (!withItsData) {
            zooKeeper.forget();
        }
        zooKeeper.start();

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> entries().size() == 1 && entries().get(0).session() != session);
        assertThat(entries()).singleElement().satisfies(entry -> assertThat(
                        entry.url().getParameter("landfall.pod"))
                .isEqualTo("greeter-0.0"));
    }

    @Test
    void shouldSayOnceThatTheRegistryMayNotBeWrittenToAndTryAgain() throws Exception {
        zooKeeper.start();
        allow(ZooDefs.Perms.READ | ZooDefs.Perms.ADMIN);
        provideWithoutWaiting();
        await().until(() -> !log.complaints().isEmpty());
        // By then it has tried more than once.
        await().during(Duration.ofSeconds(2)).until(() -> log.complaints().size() == 1);
        assertThat(log.complaints())
                .singleElement()
                .asString()
                .contains("zookeeper://" + zooKeeper.address() + ": it refuses to be written to (NoAuthException)");

        allow(ZooDefs.Perms.ALL);

        await().until(() -> entries().size() == 1);
        assertThat(log.complaints()).hasSize(1);
    }

    /** Then Dubbo keeps to itself that it failed, and gives up after three tries more. */
    @Test
    void shouldTryAgainWhereTheApplicationDoesNotCheckItsRegistry() throws Exception {
        zooKeeper.start();
        allow(ZooDefs.Perms.READ | ZooDefs.Perms.ADMIN);
        RegistryConfig unchecked = registry();
        unchecked.setCheck(false);
        Drain drain = new Drain(BRISK);
        world.provideAt(unchecked, drain);
        drain.readiness().accept();
        await().until(() -> log.complaints().stream().anyMatch(line -> line.contains("the entry is not there")));
        // By then Dubbo has given up.
        await().during(Duration.ofSeconds(1)).until(() -> entries().isEmpty());

        allow(ZooDefs.Perms.ALL);

        await().until(() -> entries().size() == 1);
    }

    @Test
    void shouldReportAWithdrawalThatIsRefusedAndGoOn() throws Exception {
        zooKeeper.start();
        DubboWorld.Provider pod = provide(PATIENT);
        allow(ZooDefs.Perms.READ | ZooDefs.Perms.ADMIN);

        DrainReport report = pod.drain().run("test");

        assertThat(report.forced()).isFalse();
        assertThat(report.total()).isLessThan(Duration.ofSeconds(25));
        assertThat(report.steps())
                .filteredOn(step -> step.outcome() == DrainReport.Outcome.FAILED)
                .singleElement()
                .satisfies(step -> assertThat(step.problem())
                        .contains("it refuses to be written to (NoAuthException)")
                        .doesNotContain(SECRET));
        allow(ZooDefs.Perms.ALL);
    }

    @Test
    void shouldEndADrainThoughTheRegistryIsLost() throws Exception {
        zooKeeper.start();
        DubboWorld.Provider pod = provide();
        zooKeeper.stop();

        DrainReport report = pod.drain().run("test");

        assertThat(report.forced()).isFalse();
        assertThat(report.total()).isLessThan(Duration.ofSeconds(20));
        assertThat(report.toReadableBlock()).doesNotContain(SECRET);
        zooKeeper.start();
    }

    @Test
    void shouldCallTwoPodsOfOneNameBothAndSayWhatToDo() throws Exception {
        zooKeeper.start();
        provide();
        DubboWorld.Provider twin = provideWithoutWaiting(PATIENT);

        await().until(() -> !log.complaints().isEmpty());

        assertThat(log.complaints())
                .singleElement()
                .asString()
                .contains("two pods are registered as greeter-0.0 at eip.example.com:30880")
                .contains("POD_NAME from metadata.name");
        assertThat(entries().stream()
                        .map(RegistryFaultsTest::asConsumersTellApart)
                        .distinct())
                .hasSize(2);

        twin.drain().run("test");

        assertThat(entries()).hasSize(1);
    }

    /** A container that is started anew is registered twice until the session of its former life has ended. */
    @Test
    void shouldNotTakeItsFormerLifeForATwin() throws Exception {
        zooKeeper.start();
        provide();
        URL former = onlyEntry().url().addParameter(ProviderEntries.PROCESS, "formerly");
        world.close();
        world = new DubboWorld();
        CuratorFramework formerLife = zooKeeper.client(USER);
        formerLife.create().withMode(CreateMode.EPHEMERAL).forPath(PROVIDERS + "/" + URL.encode(former.toFullString()));
        provideWithoutWaiting();
        await().until(() -> log.all().stream().anyMatch(line -> line.contains("another process was registered")));

        formerLife.close();

        await().until(() -> log.all().stream().anyMatch(line -> line.contains("is gone, as a former one would be")));
        assertThat(log.complaints()).isEmpty();
        assertThat(entries()).hasSize(1);
    }

    private DubboWorld.Provider provide() {
        return provide(BRISK);
    }

    private DubboWorld.Provider provide(DrainPolicy policy) {
        DubboWorld.Provider provider = provideWithoutWaiting(policy);
        await().until(() -> entries().size() == 1);
        return provider;
    }

    private DubboWorld.Provider provideWithoutWaiting() {
        return provideWithoutWaiting(BRISK);
    }

    private DubboWorld.Provider provideWithoutWaiting(DrainPolicy policy) {
        Drain drain = new Drain(policy);
        DubboWorld.Provider provider = world.provideAt(registry(), drain);
        drain.readiness().accept();
        return provider;
    }

    /** With a password in both of the places where one may be, and the times of Dubbo's own short. */
    private RegistryConfig registry() {
        return new RegistryConfig("zookeeper://" + USER + "@" + zooKeeper.address() + "?password=" + SECRET
                + "&session=" + sessionMillis + "&timeout=20000&retry.period=100");
    }

    private List<Entry> entries() throws Exception {
        return StoppableZooKeeper.entries(client, PROVIDERS);
    }

    private Entry onlyEntry() throws Exception {
        List<Entry> all = entries();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String asConsumersTellApart(Entry entry) {
        return entry.url().removeParameters("timestamp", "pid").toFullString();
    }

    private static boolean nobodyRegisters() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("landfall-register"));
    }

    /** What everybody may do with the providers of this service. */
    private void allow(int permissions) throws Exception {
        List<ACL> rights = List.of(new ACL(permissions, ANYONE));
        if (client.checkExists().forPath(PROVIDERS) == null) {
            client.create().creatingParentsIfNeeded().withACL(rights).forPath(PROVIDERS);
        } else {
            client.setACL().withACL(rights).forPath(PROVIDERS);
        }
    }
}
