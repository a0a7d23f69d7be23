package io.landfall.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LiveWatchProviderTest {

    private static final Snapshot VERSION = Snapshot.builder(SnapshotId.of("orders", "1.4.2"))
            .file(SnapshotFile.of("db.properties", "password=x").withSecretKeys(List.of("password")))
            .build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by the extension.
    private Path mount;

    private final ApiServerFixture server = new ApiServerFixture();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LiveWatchProvider.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        server.close();
    }

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(LiveFollowerProvider.class))
                .filteredOn(LiveWatchProvider.class::isInstance)
                .singleElement()
                .satisfies(provider -> {
                    assertThat(provider.name()).isEqualTo("api");
                    assertThat(provider.order()).isEqualTo(100);
                });
    }

    @Test
    void shouldFollowWithTheRights() {
        server.store().write(VERSION);
        Snapshot next = Snapshot.builder(VERSION.id().hot(1)).build();
        server.store().write(next);
        LiveSnapshot live = new LiveSnapshot(VERSION);

        try (LiveFollower follower = follower(settings("auto")).orElseThrow()) {
            follower.follow(live);
            server.store().moveLive(VERSION.id(), next.id());

            await().until(() -> live.current().equals(next));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get configmaps", "watch configmaps", "get secrets"})
    void shouldNotFollowWithoutARight(String right) {
        server.forbid(right);

        assertThat(follower(settings("auto"))).isEmpty();
        assertThat(logged()).isEmpty();
        assertThat(follower(settings("api"))).isEmpty();
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("orders 1.4.2", "the service account may not " + right + " in namespace shop");
    }

    @Test
    void shouldLeaveItToTheMountWhileTheApiServerIsAway() {
        server.fault((request, real) -> Answers.status(503, "ServiceUnavailable", "away"));

        assertThat(follower(settings("auto"))).isEmpty();
        Optional<LiveFollower> wanted = follower(settings("api"));

        assertThat(wanted).isPresent();
        wanted.get().close();
    }

    @Test
    void shouldBeAbsentOutsideAPod() {
        LiveWatchProvider provider = new LiveWatchProvider(getClass().getClassLoader(), mount.resolve("no-token"));

        assertThat(provider.follower(VERSION, settings("auto"))).isEmpty();
    }

    /** As in an application that has Landfall and not fabric8. */
    @Test
    void shouldBeAbsentWithoutItsClient() throws Exception {
        try (WithoutFabric8 classes = new WithoutFabric8()) {
            Object provider = classes.loadClass(LiveWatchProvider.class.getName())
                    .getConstructor()
                    .newInstance();

            assertThat(provider.getClass()).isNotEqualTo(LiveWatchProvider.class);
            assertThat(((LiveFollowerProvider) provider).follower(VERSION, settings("api")))
                    .isEmpty();
        }
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("io.fabric8:kubernetes-client is not on the class path");
    }

    /** Loads this package again, which then finds no fabric8. */
    private static final class WithoutFabric8 extends URLClassLoader {
        WithoutFabric8() {
            super(classPath(), LiveWatchProviderTest.class.getClassLoader());
        }

        private static URL[] classPath() {
            return new URL[] {
                LiveWatchProvider.class.getProtectionDomain().getCodeSource().getLocation()
            };
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.fabric8.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.landfall.config.kubernetes.")) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
            return super.loadClass(name, resolve);
        }
    }

    private Optional<LiveFollower> follower(FollowSettings settings) {
        List<String> reasons = new ArrayList<>();
        Optional<LiveFollower> follower = ApiServerAccess.follower(
                ApiServerAccess.withoutAttempts(server.client().getConfiguration()), VERSION, settings, reason -> {
                    reasons.add(reason);
                    return LiveWatchProvider.absent(VERSION, settings, reason);
                });
        assertThat(reasons).hasSize(follower.isPresent() ? 0 : 1);
        return follower;
    }

    private FollowSettings settings(String by) {
        return new FollowSettings(by, mount, Optional.of(ApiServerFixture.NAMESPACE), Duration.ofSeconds(20));
    }

    private List<String> logged() {
        synchronized (log) {
            return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }
    }
}
