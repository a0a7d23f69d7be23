package io.landfall.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.model.RollingUpdate.ReplicaSet;
import io.landfall.deploy.model.RollingUpdate.Spec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model does what the real controller was seen, or read, to do; the traps of it among that. */
class RollingUpdateTest {

    private static final int NEVER = 1_000_000_000;

    private static ReplicaSet set(String template, int created, int replicas, int available, int desired, int most) {
        return new ReplicaSet(template, created, replicas, available, NEVER, desired, most);
    }

    private static List<String> sizes(List<ReplicaSet> sets) {
        return sets.stream().map(set -> set.template() + "=" + set.replicas()).toList();
    }

    private static List<ReplicaSet> passes(Spec spec, List<ReplicaSet> sets) {
        List<ReplicaSet> before = new ArrayList<>(sets);
        for (int pass = 0; pass < 10; pass++) {
            before = RollingUpdate.pass(spec, before);
        }
        return before;
    }

    @Test
    void shouldReplaceTheShareAndWait() {
        Spec spec = new Spec(4, "v2", NEVER, "0%", "50%", false);

        assertThat(sizes(passes(spec, List.of(set("v1", 1, 4, 4, 4, 4))))).containsExactly("v1=2", "v2=2");
    }

    /** Whether old pods count as available makes no difference. */
    @Test
    void shouldReplaceTheShareOfBrokenPodsToo() {
        Spec spec = new Spec(6, "v2", NEVER, "0%", "34%", false);

        for (int available = 0; available <= 6; available++) {
            assertThat(sizes(passes(spec, List.of(set("v1", 1, 6, available, 6, 6)))))
                    .containsExactly("v1=4", "v2=2");
        }
    }

    /** The reason for a pause on the way back: the status is from before minReadySeconds was raised. */
    @Test
    void shouldReplaceTooManyWhereItCountsPodsOfTheTemplateAsAvailable() {
        Spec back = new Spec(6, "v1", NEVER, "0%", "67%", false);

        assertThat(sizes(passes(back, List.of(set("v1", 1, 2, 0, 6, 6), set("v2", 2, 4, 0, 6, 6)))))
                .containsExactly("v1=4", "v2=2");
        assertThat(sizes(passes(back, List.of(set("v1", 1, 2, 2, 6, 6), set("v2", 2, 4, 0, 6, 6)))))
                .containsExactly("v1=6", "v2=0");
    }

    /** The reason for maxSurge 0 where an order ends half way. */
    @Test
    void shouldAddPodsToAPausedDeploymentThatMaySurge() {
        List<ReplicaSet> half = List.of(set("v1", 1, 2, 0, 4, 4), set("v2", 2, 2, 0, 4, 4));

        assertThat(sizes(passes(new Spec(4, "v2", 0, "25%", "25%", true), half)))
                .containsExactly("v1=2", "v2=3");
        assertThat(sizes(passes(new Spec(4, "v2", 0, "0%", "50%", true), half))).containsExactly("v1=2", "v2=2");
    }

    @Test
    void shouldSpreadOverOldAndNewWhenItIsScaled() {
        Spec more = new Spec(8, "v2", NEVER, "0%", "50%", false);

        assertThat(sizes(passes(more, List.of(set("v1", 1, 2, 0, 4, 4), set("v2", 2, 2, 0, 4, 4)))))
                .containsExactly("v1=4", "v2=4");
    }

    /** kubernetes#102551: the annotation says 5 for ever, and there is no rollout while it does. */
    @Test
    void shouldHangWhenItIsScaledToWhatIsLeft() {
        Spec scaled = new Spec(4, "v2", NEVER, "0%", "25%", false);

        assertThat(sizes(passes(scaled, List.of(set("v1", 1, 4, 4, 5, 5), set("v2", 2, 0, 0, 5, 5)))))
                .containsExactly("v1=4", "v2=0");
    }

    @Test
    void shouldBringTheSurgeFirst() {
        Spec on = new Spec(4, "v2", NEVER, "50%", "0%", false);
        Spec off = new Spec(4, "v2", NEVER, "0%", "50%", false);

        List<ReplicaSet> surged = passes(on, List.of(set("v1", 1, 4, 4, 4, 4)));
        assertThat(sizes(surged)).containsExactly("v1=4", "v2=2");
        assertThat(sizes(passes(off, surged))).containsExactly("v1=2", "v2=2");
    }
}
