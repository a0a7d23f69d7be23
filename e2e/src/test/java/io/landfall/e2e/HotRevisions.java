package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.field.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long hot revisions take to reach all pods of a version, one after the other, there and back.
 *
 * @param applied for each revision and pod: from the request to publish until the pod has it
 * @param undone for each revision and pod: from the request to undo until the pod has the one before
 */
record HotRevisions(List<Duration> applied, List<Duration> undone) {

    private static final Duration PROMISED = Duration.ofSeconds(1);
    /** Later than promised is measured, too; this is for one that never comes. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    static HotRevisions of(Orders orders, String version, int revisions) {
        List<Duration> applied = new ArrayList<>();
        List<Duration> undone = new ArrayList<>();
        for (int i = 1; i <= revisions; i++) {
            Instant asked = Instant.now();
            String revision = orders.publishHot(version, SnapshotIT.files("hot " + i))
                    .snapshot()
                    .id()
                    .revision();
            measure(orders, revision, asked, applied);
        }
        assertThat(orders.pods()).allSatisfy(pod -> assertThat(orders.valueOf(pod, "greeting.text"))
                .isEqualTo("hot " + revisions));
        for (int i = 1; i <= revisions; i++) {
            Instant asked = Instant.now();
            measure(orders, orders.undoHot(version).revision(), asked, undone);
        }
        return new HotRevisions(applied, undone);
    }

    private static void measure(Orders orders, String revision, Instant asked, List<Duration> durations) {
        orders.awaitRevision(revision, BOUND);
        orders.pods()
                .forEach(pod ->
                        durations.add(Duration.between(asked, orders.viewOf(pod).since())));
    }

    void assertWithinASecond() {
        assertThat(percentile(applied, 99)).isLessThanOrEqualTo(PROMISED);
        assertThat(percentile(undone, 99)).isLessThanOrEqualTo(PROMISED);
    }

    /** The smallest that so many of a hundred do not exceed. */
    static Duration percentile(List<Duration> durations, int percent) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }
}
