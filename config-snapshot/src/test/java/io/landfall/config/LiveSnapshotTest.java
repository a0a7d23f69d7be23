package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LiveSnapshotTest {

    private static final SnapshotId ID = SnapshotId.of("orders", "1.4.2");
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    private final Logger logger = (Logger) LoggerFactory.getLogger(LiveSnapshot.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Snapshot first = revision(0);
    private final LiveSnapshot live = new LiveSnapshot(first, Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    @Test
    void shouldTakeRevisionAndTellListenersInOrder() {
        live.add((SnapshotListener)
                c -> heard.add("one " + c.before().id().hot() + c.after().id().hot()));
        live.add((SnapshotListener) c -> heard.add("two " + live.current().id().hot()));

        assertThat(live.offer(revision(3))).isTrue();

        assertThat(live.current()).isEqualTo(revision(3));
        assertThat(live.since()).isEqualTo(NOW);
        assertThat(live.refused()).isZero();
        assertThat(heard).containsExactly("one 03", "two 3");
    }

    @Test
    void shouldGoBackToAnOlderRevision() {
        live.offer(revision(3));

        assertThat(live.offer(first)).isTrue();
        assertThat(live.current()).isEqualTo(first);
    }

    @Test
    void shouldTellNobodyOfWhatItHasAlready() {
        live.add((SnapshotListener) c -> heard.add("change"));
        live.refuse("1.4.2.h1", refusal("a"));

        assertThat(live.offer(revision(0))).isTrue();

        assertThat(heard).isEmpty();
        assertThat(live.refusal()).isEmpty();
        assertThat(live.refused()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWithAllObjectionsOfAllGuards() {
        live.add((SnapshotGuard) c -> List.of(objection("a"), objection("b")));
        live.add((SnapshotGuard) c -> List.of(objection("c")));
        live.add((SnapshotListener) c -> heard.add("change"));

        assertThat(live.offer(revision(1))).isFalse();

        assertThat(live.current()).isEqualTo(first);
        assertThat(heard).isEmpty();
        assertThat(live.refusal()).hasValueSatisfying(r -> {
            assertThat(r.revision()).isEqualTo("1.4.2.h1");
            assertThat(r.when()).isEqualTo(NOW);
            assertThat(r.reason()).contains("a: wrong", "b: wrong", "c: wrong");
        });
    }

    @Test
    void shouldRefuseWhenAGuardFailsAndSayNoValue() {
        live.add((SnapshotGuard) c -> {
            throw new IllegalStateException("hunter2");
        });

        assertThat(live.offer(revision(1))).isFalse();

        assertThat(live.refusal().orElseThrow().reason())
                .contains("java.lang.IllegalStateException at io.landfall.config.LiveSnapshotTest")
                .doesNotContain("hunter2");
        assertThat(logged()).doesNotContain("hunter2");
    }

    @Test
    void shouldTellTheNextListenerWhenOneFailsAndLogNoValue() {
        live.add((SnapshotListener) c -> {
            throw new IllegalStateException("hunter2", new IllegalArgumentException("hunter3"));
        });
        live.add((SnapshotListener) c -> heard.add("change"));

        assertThat(live.offer(revision(1))).isTrue();

        assertThat(heard).containsExactly("change");
        assertThat(logged()).contains("it may have old values").doesNotContain("hunter");
    }

    @Test
    void shouldRefuseAnotherVersionBeforeAnyGuardSeesIt() {
        live.add((SnapshotGuard) c -> {
            heard.add("guard");
            return List.of();
        });

        assertThat(live.offer(Snapshot.builder(SnapshotId.of("orders", "1.4.3")).build()))
                .isFalse();
        assertThat(live.offer(Snapshot.builder(SnapshotId.of("pay", "1.4.2.h1")).build()))
                .isFalse();

        assertThat(heard).isEmpty();
        assertThat(live.refusal().orElseThrow().reason()).contains("this application runs orders 1.4.2");
    }

    @Test
    void shouldCountEachRefusalOnce() {
        live.refuse("1.4.2.h1", refusal("a"));
        live.refuse("1.4.2.h1", refusal("a"));
        assertThat(live.refused()).isEqualTo(1);
        assertThat(log.list).hasSize(1);

        live.refuse("1.4.2.h1", refusal("b"));
        live.refuse("1.4.2.h2", refusal("b"));
        assertThat(live.refused()).isEqualTo(3);

        live.offer(revision(3));
        assertThat(live.refusal()).isEmpty();
        live.refuse("1.4.2.h2", refusal("b"));
        assertThat(live.refused()).isEqualTo(4);
    }

    @Test
    void shouldQuoteNoFailureThatMayHaveAValueInIt() {
        live.refuse("1.4.2.h1", new IllegalArgumentException("hunter2"));

        assertThat(live.refusal().orElseThrow().reason()).startsWith("java.lang.IllegalArgumentException at ");
        assertThat(logged()).doesNotContain("hunter2");
    }

    @Test
    void shouldForgetGuardsAndListeners() {
        Runnable guard = live.add((SnapshotGuard) c -> List.of(objection("a")));
        Runnable listener = live.add((SnapshotListener) c -> heard.add("change"));

        guard.run();
        listener.run();

        assertThat(live.offer(revision(1))).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldNotLetAListenerOffer() {
        live.add((SnapshotListener) c -> live.offer(revision(2)));
        live.add((SnapshotListener) c -> heard.add(c.after().id().revision()));

        assertThat(live.offer(revision(1))).isTrue();

        assertThat(live.current()).isEqualTo(revision(1));
        assertThat(heard).containsExactly("1.4.2.h1");
        assertThat(logged()).contains("IllegalStateException");
        assertThat(live.offer(revision(2))).as("afterwards").isTrue();
    }

    @Test
    void shouldLetReadersReadWhileARevisionIsLookedAt() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        live.add((SnapshotGuard) c -> {
            looking.countDown();
            return await(read) ? List.of() : List.of(objection("nobody could read"));
        });
        CompletableFuture<Boolean> offer = CompletableFuture.supplyAsync(() -> live.offer(revision(1)));

        assertThat(await(looking)).isTrue();
        assertThat(live.current()).isEqualTo(first);
        assertThat(live.refused()).isZero();
        read.countDown();

        assertThat(offer.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldTakeOffersOfManyThreadsOneAtATime() {
        AtomicBoolean within = new AtomicBoolean();
        live.add((SnapshotListener) c -> {
            heard.add(
                    within.compareAndSet(false, true)
                            ? c.before().id().hot() + ">" + c.after().id().hot()
                            : "both");
            within.set(false);
        });
        List<CompletableFuture<Boolean>> offers = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            Snapshot next = revision(i);
            offers.add(CompletableFuture.supplyAsync(() -> live.offer(next)));
        }
        CompletableFuture.allOf(offers.toArray(CompletableFuture<?>[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        assertThat(heard).hasSize(50).doesNotContain("both");
        for (int i = 1; i < heard.size(); i++) {
            assertThat(heard.get(i)).startsWith(heard.get(i - 1).replaceAll(".*>", "") + ">");
        }
        assertThat(heard.get(49)).endsWith(">" + live.current().id().hot());
    }

    @Test
    void shouldSayWhichFilesChange() {
        Snapshot before = files("same=1", "other=1", "gone=1", "secret=1");
        Snapshot after = Snapshot.builder(ID.hot(1))
                .files(files("same=1", "other=2", "new=1").files())
                .file(SnapshotFile.of("secret", "1").withSecretKeys(List.of("*")))
                .build();

        assertThat(new SnapshotChange(before, after).changedFiles())
                .extracting(FileName::path)
                .containsExactly("gone", "new", "other", "secret");
        assertThat(new SnapshotChange(before, before).changedFiles()).isEmpty();
    }

    @Test
    void shouldWaitForAPositiveTime() {
        for (Duration patience : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new FollowSettings("auto", Path.of("/x"), Optional.empty(), patience));
        }
    }

    private static Snapshot files(String... files) {
        Snapshot.Builder builder = Snapshot.builder(ID);
        for (String file : files) {
            builder.file(SnapshotFile.of(file.replaceAll("=.*", ""), file.replaceAll(".*=", "")));
        }
        return builder.build();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String logged() {
        StringBuilder all = new StringBuilder();
        log.list.forEach(e -> all.append(e.getFormattedMessage()).append(e.getThrowableProxy() == null ? "" : "trace"));
        return all.toString();
    }

    private static Snapshot revision(int hot) {
        return Snapshot.builder(ID.hot(hot))
                .file(SnapshotFile.of("a", "" + hot))
                .build();
    }

    private static SnapshotException refusal(String place) {
        return new SnapshotException("Snapshot", List.of(objection(place)));
    }

    private static Violation objection(String place) {
        return new Violation(place, "wrong", "mend it");
    }
}
