package io.landfall.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.landfall.deploy.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2          | 4    | 2 4",
                "2          | 5    | 2 5",
                "2          | 1    | 1",
                "3          | 10   | 3 6 10",
                "1          | 7    | 7",
                "5          | 3    | 1 2 3",
                "25%        | 4    | 1 2 3 4",
                "25%        | 10   | 3 6 9 10",
                "50%        | 0    | ''",
                "1,25%,rest | 8    | 1 3 8",
                "1,25%,rest | 1    | 1",
                "1, 3       | 8    | 1 4 7 8",
                "rest       | 6    | 6",
                "100%       | 6    | 6",
                "7,rest     | 3    | 3",
                "1,rest     | 1000 | 10 1000",
                "1,25%,rest | 1000 | 10 250 1000",
                "1,1,1,rest | 1000 | 10 1000",
                "33%        | 150  | 49 100 150"
            })
    void shouldSayHowManyPodsAreNewAfterEachBatch(String written, int pods, String reached) {
        List<Integer> cumulative = Batches.parse(written).cumulative(WorkloadName.Kind.DEPLOYMENT, pods);

        assertThat(cumulative.stream().map(String::valueOf))
                .isEqualTo(reached.isEmpty() ? List.of() : List.of(reached.split(" ")));
    }

    @Test
    void shouldBeExactForAnyNumberOfPodsWhereOrdinalsCount() {
        assertThat(Batches.parse("1,7,rest").cumulative(WorkloadName.Kind.STATEFUL_SET, 1000))
                .containsExactly(1, 8, 1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0            | \"0\" is less than 1",
                "-1           | \"-1\" is less than 1",
                "''           | a size is empty",
                "1,,2         | a size is empty",
                "0%           | \"0%\" is not from 1% to 100%",
                "101%         | \"101%\" is not from 1% to 100%",
                "half         | \"half\" is no size",
                "99999999999  | \"99999999999\" is no size",
                "1001         | \"1001\" batches are more than 1000",
                "rest,1       | \"rest\" is not the last size",
                "60%,50%      | the percentages are 110% together"
            })
    void shouldRefuse(String written, String problem) {
        assertThatThrownBy(() -> Batches.parse(written))
                .asInstanceOf(type(RefusedException.class))
                .satisfies(refused -> assertThat(refused.violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.problem()).isEqualTo(problem)));
    }

    @Test
    void shouldSayAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> Batches.parse("0,150%,rest,x"))
                .asInstanceOf(type(RefusedException.class))
                .satisfies(refused -> assertThat(refused.violations()).hasSize(4));
    }
}
