package io.landfall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadsTest {

    @Test
    void shouldLoadEveryKeyEveryWay() throws IOException, InterruptedException {
        LoadResults results = Loads.measure(20, 1);

        assertThat(results.samples().keySet()).containsExactly(Way.values());
        assertThat(results.markdown()).contains("| apollo cache | 1 |");
        assertThat(results.json()).contains("\"CONFIGTREE\": [[");
    }

    @Test
    void shouldKeepThePromiseBesideTheOtherImport() {
        assertThat(results(1200, 1300, 1400, 1100).kept()).isTrue();
        assertThat(results(1200, 1301, 1400, 1100).kept()).isFalse();
    }

    @Test
    void shouldSayWhatTheFasterPeerTakes() {
        assertThat(results(1200, 1250, 1300, 1100).markdown())
                .contains("the snapshot adds 2.50, and Boot's own part alone is 2.00.");
        assertThat(results(1200, 1250, 1300, 1400).markdown())
                .contains("the snapshot adds 0.83, and Boot's own part alone is 0.67.");
    }

    private static LoadResults results(long held, long snapshot, long configtree, long apollo) {
        return new LoadResults(
                1,
                Map.of(
                        Way.NONE, List.of(sample(1000)),
                        Way.HELD, List.of(sample(held)),
                        Way.SNAPSHOT, List.of(sample(snapshot)),
                        Way.CONFIGTREE, List.of(sample(configtree)),
                        Way.APOLLO_CACHE, List.of(sample(apollo))));
    }

    private static LoadResults.Sample sample(long micros) {
        return new LoadResults.Sample(1, micros, 1);
    }
}
