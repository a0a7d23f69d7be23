package io.landfall.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.LiveSnapshot;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotGuard;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotListener;
import io.landfall.config.layout.StoredForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedLiveTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");
    private static final Snapshot BASE = snapshot(ID, "a: 0");
    private static final Snapshot FIRST = snapshot(ID.hot(1), "a: 1");
    private static final Snapshot SECOND = snapshot(ID.hot(2), "a: 2");

    /** So long that only what the system tells of can be in time. */
    private static final Duration SELDOM = Duration.ofMinutes(10);

    private Path directory;
    private KubeletMount mount;
    private MountedLive follower;
    private LiveSnapshot live;

    @BeforeEach
    void mount(@TempDir Path empty) throws IOException {
        directory = empty;
        mount = new KubeletMount(directory.resolve("config-live"));
        follower = new MountedLive(BASE, mount.path(), SELDOM);
        live = new LiveSnapshot(BASE);
    }

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void shouldStartWithWhatIsLive() {
        assertThat(follower.atStart()).isEmpty();
        mount.write(StoredForm.of(BASE).data());
        assertThat(follower.atStart()).isEmpty();

        mount.write(StoredForm.of(SECOND).data());

        assertThat(follower.atStart()).contains(SECOND);
    }

    @Test
    void shouldFollowForwardAndBack() {
        follower.follow(live);
        awaitCurrent(BASE);

        mount.write(StoredForm.of(FIRST).data());
        awaitCurrent(FIRST);
        mount.write(StoredForm.of(SECOND).data());
        awaitCurrent(SECOND);
        mount.write(named("1.4.2"));
        awaitCurrent(BASE);
        mount.write(StoredForm.of(SECOND).data());
        awaitCurrent(SECOND);
        mount.write(Map.of());
        awaitCurrent(BASE);
        assertThat(live.refused()).isZero();
    }

    @Test
    void shouldFollowWhatChangedBeforeItFollowed() {
        assertThat(follower.atStart()).isEmpty();
        mount.write(StoredForm.of(FIRST).data());

        follower.follow(live);

        awaitCurrent(FIRST);
    }

    @Test
    void shouldKeepWhatItHasWhenARevisionIsBad() {
        mount.write(StoredForm.of(FIRST).data());
        follower.follow(live);
        awaitCurrent(FIRST);

        mount.write(damaged(SECOND));

        await().until(() -> live.refusal().isPresent());
        assertThat(live.refusal().orElseThrow().revision()).isEqualTo("1.4.2.h2");
        assertThat(live.refusal().orElseThrow().reason()).contains("application.yaml: it is not what");
        assertThat(live.current()).isEqualTo(FIRST);

        mount.write(StoredForm.of(SECOND).data());
        awaitCurrent(SECOND);
        assertThat(live.refusal()).isEmpty();
    }

    @Test
    void shouldSayThatOnlyTheNameIsMounted() {
        follower.follow(live);

        mount.write(named("1.4.2.h7"));

        await().until(() -> live.refusal().isPresent());
        assertThat(live.refusal().orElseThrow().revision()).isEqualTo("1.4.2.h7");
        assertThat(live.refusal().orElseThrow().reason()).contains("only its name is mounted");
    }

    @Test
    void shouldNoteOnceAndAskGuardsOnce() {
        follower = new MountedLive(BASE, mount.path(), Duration.ofMillis(1));
        List<SnapshotId> asked = new CopyOnWriteArrayList<>();
        live.add((SnapshotGuard) change -> {
            asked.add(change.after().id());
            throw new IllegalStateException();
        });
        follower.follow(live);

        mount.write(StoredForm.of(FIRST).data());
        await().until(() -> live.refusal().isPresent());
        mount.write(StoredForm.of(SECOND).data());
        await().until(() -> live.refused() == 2);

        // One that changes while it is read is read again; one that stays, looked at every millisecond, is not.
        assertThat(asked).containsOnly(FIRST.id(), SECOND.id()).hasSizeLessThan(6);
    }

    /** Without the system's telling: of a mount that comes later nothing can be told. */
    @Test
    void shouldLookNowAndThen() throws IOException {
        Path later = directory.resolve("later");
        MountedLive seldom = new MountedLive(BASE, later, Duration.ofMillis(20));
        try {
            seldom.follow(live);
            new KubeletMount(later).write(StoredForm.of(FIRST).data());
            awaitCurrent(FIRST);
        } finally {
            seldom.close();
        }
    }

    @Test
    void shouldEndWhenClosed() {
        follower.follow(live);
        Thread thread = threads().get(0);
        assertThat(thread.isDaemon()).isTrue();

        follower.close();

        await().until(() -> !thread.isAlive());
        mount.write(StoredForm.of(FIRST).data());
        assertThat(live.current()).isEqualTo(BASE);
    }

    @Test
    void shouldBeClosedByItsListener() {
        live.add((SnapshotListener) change -> follower.close());
        follower.follow(live);
        Thread thread = threads().get(0);

        mount.write(StoredForm.of(FIRST).data());

        await().until(() -> !thread.isAlive());
        assertThat(live.current()).isEqualTo(FIRST);
    }

    @Test
    void shouldFollowOnce() {
        follower.follow(live);

        assertThatIllegalStateException().isThrownBy(() -> follower.follow(live));
    }

    @Test
    void shouldBeFoundWhereThereIsAMount() {
        LiveFollowerProvider provider = ServiceLoader.load(LiveFollowerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.name().equals("mount"))
                .findFirst()
                .orElseThrow();

        assertThat(provider.order()).isEqualTo(200);
        assertThat(provider.follower(BASE, settings(mount.path()))).isPresent();
        assertThat(provider.follower(BASE, settings(directory.resolve("absent"))))
                .isEmpty();
    }

    private static FollowSettings settings(Path mount) {
        return new FollowSettings("mount", mount, Optional.empty(), Duration.ofSeconds(1));
    }

    private void awaitCurrent(Snapshot expected) {
        await().until(() -> live.current().equals(expected));
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("landfall-config-mount"))
                .toList();
    }

    private static Map<String, byte[]> named(String revision) {
        return Map.of("live", revision.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> damaged(Snapshot snapshot) {
        Map<String, byte[]> data = new HashMap<>(StoredForm.of(snapshot).data());
        data.put("application.yaml", "a: 9".getBytes(StandardCharsets.UTF_8));
        return data;
    }

    private static Snapshot snapshot(SnapshotId id, String text) {
        return Snapshot.builder(id)
                .file(SnapshotFile.of("application.yaml", text))
                .build();
    }
}
