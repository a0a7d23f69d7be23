package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    private final InMemoryStore store = new InMemoryStore();
    private final Map<SnapshotId, SortedSet<String>> named = new HashMap<>();
    private final References references = app -> Map.copyOf(named);

    @Test
    void shouldKeepWhatIsNamedAndDeleteTheRest() {
        write("1", 3);
        write("2", 2);
        write("3", 1);
        name("1", "ReplicaSet shop/orders-6c5f");
        name("1", "Pod shop/orders-6c5f-x");
        name("9", "Pod shop/other");

        assertThat(plan(0))
                .containsExactly(
                        "1 + named by Pod shop/orders-6c5f-x, ReplicaSet shop/orders-6c5f",
                        "2 - nothing names it, not one of the newest 0",
                        "3 - nothing names it, not one of the newest 0");
        assertThat(left()).as("a plan changes nothing").containsExactly("1", "2", "3");

        assertThat(apply(0))
                .isEqualTo(List.of(
                        "1 + named by Pod shop/orders-6c5f-x, ReplicaSet shop/orders-6c5f",
                        "2 - nothing names it, not one of the newest 0",
                        "3 - nothing names it, not one of the newest 0"));
        assertThat(left()).containsExactly("1");
    }

    @Test
    void shouldKeepTheNewestOfThoseThatNobodyNames() {
        write("1", 9);
        write("2", 5);
        write("3", 7);
        write("4", 6);
        name("2", "Pod");

        assertThat(plan(2))
                .containsExactly(
                        "1 - nothing names it, not one of the newest 2",
                        "2 + named by Pod",
                        "3 + one of the newest 2",
                        "4 + one of the newest 2");
    }

    @Test
    void shouldChooseAmongThoseOfOneSecondById() {
        for (String version : List.of("3", "1", "4", "2")) {
            write(version, 5);
        }

        apply(2);

        assertThat(left()).containsExactly("3", "4");
    }

    @Test
    void shouldTakeAnIdThatNothingNamesForUnnamed() {
        write("1", 5);
        named.put(id("1"), new TreeSet<>());

        assertThat(plan(1)).containsExactly("1 + one of the newest 1");
    }

    @Test
    void shouldKeepWhatIsYoung() {
        write("1", 5);
        writeSeconds("2", 3600);
        writeSeconds("3", 3599);
        writeSeconds("4", -60);

        assertThat(plan(0))
                .containsExactly(
                        "1 - nothing names it, not one of the newest 0",
                        "2 - nothing names it, not one of the newest 0",
                        "3 + 3 is younger than PT1H",
                        "4 + 4 is younger than PT1H");
    }

    @Test
    void shouldDeleteLeftoversThatNobodyFinishes() {
        store.leave(id("1"), NOW.minusSeconds(3600));
        store.leave(id("2"), NOW.minusSeconds(3599));
        store.leave(id("3"), NOW.minusSeconds(9999));
        write("4", 9);
        store.leave(id("4.h1"), NOW.minusSeconds(9999));
        name("3", "Pod");
        name("4", "Pod");

        assertThat(apply(5))
                .containsExactly(
                        "1 - an interrupted publication left it",
                        "2 + 2 is younger than PT1H",
                        "3 + named by Pod",
                        "4 + named by Pod",
                        "4.h1 - an interrupted publication left it");
        assertThat(left()).containsExactly("2", "3", "4");
    }

    /** A pod names the version; the revision that it follows is named by nobody. */
    @Test
    void shouldKeepAllRevisionsOfAVersionThatStays() {
        write("1", 9);
        write("1.h1", 8);
        write("1.h2", 7);
        store.moveLive(id("1"), id("1.h2"));
        name("1", "Pod");

        assertThat(plan(0))
                .containsExactly(
                        "1 + named by Pod", "1.h1 + a revision of 1: named by Pod", "1.h2 + live for 1: named by Pod");
    }

    @Test
    void shouldDeleteRevisionsWithTheirVersion() {
        write("1", 9);
        write("1.h1", 8);
        store.moveLive(id("1"), id("1.h1"));
        write("2", 7);
        write("2.h1", 6);

        assertThat(apply(1))
                .containsExactly(
                        "1 - nothing names it, not one of the newest 1",
                        "1.h1 - nothing names it, its version 1 goes",
                        "2 + one of the newest 1",
                        "2.h1 + a revision of 2: one of the newest 1");
        assertThat(left()).containsExactly("2", "2.h1");
    }

    @Test
    void shouldKeepTheVersionOfARevisionThatIsNamed() {
        write("1", 9);
        write("1.h1", 8);
        name("1.h1", "Pod");

        assertThat(plan(0)).containsExactly("1 + named by Pod", "1.h1 + a revision of 1: named by Pod");
    }

    @Test
    void shouldKeepTheVersionOfARevisionThatIsYoung() {
        write("1", 9);
        write("1.h1", 8);
        writeSeconds("1.h2", 10);

        assertThat(plan(0)).hasSize(3).allMatch(d -> d.endsWith("1.h2 is younger than PT1H"));
    }

    @Test
    void shouldDeleteRevisionsWhoseVersionIsGone() {
        write("1.h1", 9);
        write("2", 5);

        assertThat(plan(5)).containsExactly("1.h1 - nothing names it, its version 1 goes", "2 + one of the newest 5");
    }

    /** A version that stayed behind with a pointer to what is deleted could be released again. */
    @Test
    void shouldDeleteAVersionBeforeItsRevisions() {
        write("1", 9);
        write("1.h1", 8);
        store.moveLive(id("1"), id("1.h1"));
        AtomicInteger asked = new AtomicInteger();
        References third = app -> {
            if (asked.incrementAndGet() == 3) {
                throw unavailable();
            }
            return Map.of();
        };

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> retention(0).apply(store, third, "orders"));

        assertThat(left()).containsExactly("1.h1");
        apply(0);
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldDeleteNothingWhenReferencesCannotBeRead() {
        write("1", 9);
        References none = app -> {
            throw unavailable();
        };

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> retention(0).plan(store, none, "orders"));
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> retention(0).apply(store, none, "orders"));

        assertThat(left()).containsExactly("1");
    }

    @Test
    void shouldKeepWhatIsNamedMeanwhile() {
        write("1", 9);
        write("1.h1", 8);
        write("2", 9);
        AtomicInteger asked = new AtomicInteger();
        References rollback = app -> asked.incrementAndGet() == 1 ? Map.of() : named(Map.of("1", "ReplicaSet r"));

        assertThat(strings(retention(0).apply(store, rollback, "orders")))
                .containsExactly(
                        "1 + named meanwhile by ReplicaSet r",
                        "1.h1 + named meanwhile by ReplicaSet r",
                        "2 - nothing names it, not one of the newest 0");
        assertThat(left()).containsExactly("1", "1.h1");
    }

    /** What was listed before it was written is not among what was listed; what was written before it was named is young. */
    @Test
    void shouldNotSeeWhatIsPublishedWhileItLooks() {
        write("1", 9);
        References publishing = app -> {
            store.write(snapshot("2", NOW));
            return Map.of();
        };

        retention(0).apply(store, publishing, "orders");

        assertThat(left()).containsExactly("2");
    }

    @Test
    void shouldKeepLeftoversThatAreFinishedMeanwhile() {
        store.leave(id("1"), NOW.minusSeconds(9999));
        AtomicInteger asked = new AtomicInteger();
        References publishing = app -> {
            if (asked.incrementAndGet() == 2) {
                store.write(snapshot("1", NOW));
            }
            return Map.of();
        };

        assertThat(strings(retention(0).apply(store, publishing, "orders")))
                .containsExactly("1 + somebody finished it meanwhile");
        assertThat(left()).containsExactly("1");
    }

    @Test
    void shouldLeaveOtherApplicationsAlone() {
        SnapshotId other = SnapshotId.of("orders-api", "1");
        store.write(Snapshot.builder(other).created(NOW.minusSeconds(99_999)).build());
        write("1", 9);

        apply(0);

        assertThat(store.find(other)).isPresent();
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldRefuseNumbersThatMeanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Retention(-1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Retention(1, Duration.ofSeconds(-1)));
    }

    private List<String> plan(int newest) {
        return strings(retention(newest).plan(store, references, "orders"));
    }

    private List<String> apply(int newest) {
        return strings(retention(newest).apply(store, references, "orders"));
    }

    private static List<String> strings(List<Retention.Decision> decisions) {
        return decisions.stream()
                .map(d -> d.snapshot().id().revision() + (d.keep() ? " + " : " - ") + d.reason())
                .toList();
    }

    private List<String> left() {
        return store.list("orders").stream().map(s -> s.id().revision()).toList();
    }

    private static Retention retention(int newest) {
        return new Retention(newest, Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void write(String revision, int hoursAgo) {
        writeSeconds(revision, hoursAgo * 3600L);
    }

    private void writeSeconds(String revision, long secondsAgo) {
        store.write(snapshot(revision, NOW.minusSeconds(secondsAgo)));
    }

    private static Snapshot snapshot(String revision, Instant created) {
        return Snapshot.builder(id(revision)).created(created).build();
    }

    private void name(String revision, String by) {
        named.computeIfAbsent(id(revision), k -> new TreeSet<>()).add(by);
    }

    private static Map<SnapshotId, SortedSet<String>> named(Map<String, String> names) {
        Map<SnapshotId, SortedSet<String>> named = new HashMap<>();
        names.forEach((revision, by) -> named.put(id(revision), new TreeSet<>(List.of(by))));
        return named;
    }

    private static SnapshotId id(String revision) {
        return SnapshotId.of("orders", revision);
    }

    private static UnavailableException unavailable() {
        return new UnavailableException("Kubernetes", new Violation("api", "no answer", "look"), null);
    }
}
