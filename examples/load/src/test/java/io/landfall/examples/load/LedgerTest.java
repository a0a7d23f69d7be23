package io.landfall.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void shouldCountASecondAnswerNever() {
        Ledger.Call call = ledger.open(0, 100, 5);

        assertThat(ledger.answered(call, "one", 1_000_000)).isTrue();
        assertThat(ledger.answered(call, "one", 2_000_000)).isFalse();
        assertThat(ledger.lost(call, "late")).isFalse();

        LoadReport report = ledger.close("test", 0);
        assertThat(report.answered()).isOne();
        assertThat(report.lost()).isZero();
    }

    @Test
    void shouldIgnoreAnswersAfterTheEnd() {
        Ledger.Call call = ledger.open(0, 100, 5);
        LoadReport report = ledger.close("test", 0);

        assertThat(ledger.answered(call, "one", 1)).isFalse();
        assertThat(report.lostByType()).containsExactly(Map.entry(Ledger.NEVER_ANSWERED, 1L));
    }

    @Test
    void shouldCountACallInTheSecondInWhichItWasDue() {
        Ledger.Call first = ledger.open(0, 100, 5);
        Ledger.Call second = ledger.open(0, 101, 5);
        ledger.answered(second, "one", 1);
        ledger.lost(first, "reset");

        assertThat(ledger.close("test", 0).seconds())
                .containsExactly(
                        new LoadReport.Second(100, 1, 1, Map.of("reset", 1L), Map.of()),
                        new LoadReport.Second(101, 1, 0, Map.of(), Map.of("one", 1L)));
    }

    @Test
    void shouldTellProgress() {
        ledger.answered(ledger.open(0, 100, 5), "one", 1);
        ledger.lost(ledger.open(0, 100, 5), "reset");
        ledger.open(0, 101, 5);

        assertThat(ledger.progress(100)).isEqualTo(new Progress(100, 3, 1, 1, 1, Map.of("one", 1L)));
        assertThat(ledger.progress(99).providers()).isEmpty();
    }

    @Test
    void shouldFailLoudlyWhenACallIsLostCountOf() {
        LoadSecond second = new LoadSecond(100);
        second.sent = 2;
        second.answeredBy("one");

        assertThatThrownBy(second::requireBalance)
                .isInstanceOf(MiscountException.class)
                .hasMessageContaining("sent 2 calls");
    }
}
