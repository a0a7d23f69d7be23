package io.landfall.deploy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> WORDS = List.of("replicas", "batch-deadline", "on-failure", "env", "type");

    @ParameterizedTest
    @CsvSource({
        "replica, replicas",
        "repilcas, replicas",
        "batchDeadline, batch-deadline",
        "ON_FAILURE, on-failure",
        "envs, env"
    })
    void shouldGuessWhatWasMeant(String written, String meant) {
        assertThat(Nearest.to(written, WORDS)).contains(meant);
    }

    @Test
    void shouldNotGuessWildly() {
        assertThat(Nearest.to("foo", WORDS)).isEmpty();
        assertThat(Nearest.to("tags", WORDS)).isEmpty();
    }
}
