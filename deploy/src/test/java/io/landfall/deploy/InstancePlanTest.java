package io.landfall.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.deploy.InstancePlan.Confirmed;
import io.landfall.deploy.InstanceTable.OnChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstancePlanTest {

    private static final ObservedInstances THREE = new ObservedInstances(
            OptionalInt.of(3), Set.of(0, 1, 2), Map.of(0, "10.1.1.1", 1, "10.1.1.2", 2, "10.1.1.3"));

    @Test
    void shouldAddAllToAnEmptyCluster() {
        assertThat(plan(table("10.1.1.1", "10.1.1.2"), ObservedInstances.none(), Confirmed.nothing()))
                .containsExactly("add cat-0 (10.1.1.1)", "add cat-1 (10.1.1.2)");
    }

    @Test
    void shouldKeepThoseThatRunWhenAnotherOneComes() {
        assertThat(plan(table("10.1.1.1", "10.1.1.2", "10.1.1.3", "10.1.1.4"), THREE, Confirmed.nothing()))
                .containsExactly(
                        "keep cat-0 (10.1.1.1)",
                        "keep cat-1 (10.1.1.2)",
                        "keep cat-2 (10.1.1.3)",
                        "add cat-3 (10.1.1.4)");
    }

    @Test
    void shouldRefuseToRemoveWhatOwnsData() {
        assertThatThrownBy(() -> plan(table("10.1.1.1"), THREE, new Confirmed(Set.of("cat-1"), Set.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessage("cat-2: the table has no row for it, and it still owns data;"
                        + " put the row back, or say --confirm-remove cat-2");
    }

    @Test
    void shouldRemoveWhatIsConfirmed() {
        assertThat(plan(table("10.1.1.1", "10.1.1.2"), THREE, new Confirmed(Set.of("cat-2"), Set.of())))
                .contains("remove cat-2 (its volume stays, given up)");
    }

    @Test
    void shouldRemoveWhatOwnsNoDataWithoutAsking() {
        ObservedInstances ephemeral = new ObservedInstances(OptionalInt.of(3), Set.of(), THREE.addresses());

        assertThat(plan(table("10.1.1.1", "10.1.1.2"), ephemeral, Confirmed.nothing()))
                .contains("remove cat-2 (it owns no volume)");
    }

    @Test
    void shouldRefuseToForgetDataOfAnInstanceThatSomebodyScaledAway() {
        ObservedInstances scaled = new ObservedInstances(OptionalInt.of(2), THREE.claims(), THREE.addresses());

        assertThatThrownBy(() -> plan(table("10.1.1.1", "10.1.1.2"), scaled, Confirmed.nothing()))
                .hasMessageContaining("cat-2: the table has no row for it");
    }

    @Test
    void shouldRefuseToRenumber() {
        assertThatThrownBy(() -> plan(table("10.1.1.1", "10.1.1.3"), THREE, Confirmed.nothing()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.violations())
                        .extracting(Violation::place)
                        .containsExactly("cat-1", "cat-2"))
                .hasMessageContaining("its address would change (10.1.1.2 to 10.1.1.3)");
    }

    @Test
    void shouldMoveWhatIsConfirmed() {
        Confirmed confirmed = new Confirmed(Set.of(), Set.of("cat-2"));

        assertThat(plan(table("10.1.1.1", "10.1.1.2", "10.1.1.9"), THREE, confirmed))
                .contains("move cat-2 (10.1.1.3 to 10.1.1.9)");
    }

    @Test
    void shouldRefuseToMoveWhatIsNotStartedAgain() {
        InstanceTable rereading = table(OnChange.REREAD, "10.1.1.1", "10.1.1.2", "10.1.1.9");

        assertThatThrownBy(() -> plan(rereading, THREE, new Confirmed(Set.of(), Set.of("cat-2"))))
                .hasMessageContaining("with on-change: reread it is not started again");
    }

    @Test
    void shouldRefuseConfirmationsOfWhatDoesNotHappen() {
        assertThatThrownBy(() -> plan(
                        table("10.1.1.1", "10.1.1.2", "10.1.1.3"),
                        THREE,
                        new Confirmed(Set.of("cat-2", "cat-7"), Set.of("cat-0"))))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.violations())
                        .extracting(Violation::place)
                        .containsExactly("--confirm-remove cat-2", "--confirm-remove cat-7", "--confirm-move cat-0"));
    }

    private static List<String> plan(InstanceTable table, ObservedInstances observed, Confirmed confirmed) {
        return InstancePlan.of(table, observed, confirmed).steps().stream()
                .map(InstancePlan.Step::toString)
                .toList();
    }

    private static InstanceTable table(String... addresses) {
        return table(OnChange.RESTART, addresses);
    }

    private static InstanceTable table(OnChange onChange, String... addresses) {
        Port port = new Port("http", 8080);
        return new InstanceTable(
                "cat",
                Optional.empty(),
                new Container(
                        "cat:1",
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(port),
                        new Probe(port, Optional.empty()),
                        Optional.empty()),
                new Storage("/data", Optional.empty()),
                new Balancer(Balancer.Kind.NONE, Optional.empty(), Optional.empty(), Balancer.Traffic.CLUSTER),
                onChange,
                IntStream.range(0, addresses.length)
                        .mapToObj(i -> new Instance(i, IpAddress.parse(addresses[i]), Set.of(), false))
                        .toList(),
                Optional.empty());
    }
}
