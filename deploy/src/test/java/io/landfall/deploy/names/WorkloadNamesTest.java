package io.landfall.deploy.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadNamesTest {

    private static final String PLACE = "landfall.yaml:1 key application";

    @ParameterizedTest
    @CsvSource({"DEPLOYMENT, 63", "STATEFUL_SET, 52", "CRON_JOB, 52"})
    void shouldLeaveRoomForWhatControllersAdd(NameRule workload, int longest) {
        assertThat(WorkloadNames.of(PLACE, "a".repeat(longest), workload).violations())
                .isEmpty();
        assertThat(WorkloadNames.of(PLACE, "a".repeat(longest + 1), workload).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.remedy()).isEqualTo("write " + "a".repeat(longest)));
    }

    @Test
    void shouldSuggestOneNameForEverything() {
        List<Violation> violations =
                WorkloadNames.of(PLACE, "2_Orders--API.", NameRule.DEPLOYMENT).violations();

        assertThat(violations).singleElement().satisfies(wrong -> {
            assertThat(wrong.place()).isEqualTo(PLACE);
            assertThat(wrong.problem())
                    .contains(
                            "has '_', 'O', 'A', 'P', 'I'", "for its Service wanted is", "for its snapshots wanted is");
            assertThat(wrong.remedy()).isEqualTo("write app-2-orders-api");
        });
        assertThat(WorkloadNames.of(PLACE, "app-2-orders-api", NameRule.DEPLOYMENT)
                        .violations())
                .isEmpty();
    }

    @Test
    void shouldNotAskForAServiceWhereThereIsNone() {
        assertThat(WorkloadNames.of(PLACE, "2nightly", NameRule.CRON_JOB).violations())
                .isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongInAllPlaces() {
        assertThat(new NameUses()
                        .add("one", "Http", NameRule.PORT_NAME, "a port")
                        .add("two", "shop", NameRule.NAMESPACE, "the namespace")
                        .add("three", "a b", NameRule.VARIABLE, "a variable")
                        .violations())
                .extracting(Violation::place)
                .containsExactly("one", "three");
    }
}
