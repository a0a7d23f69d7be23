package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.shutdown.DrainReport.CutCall;
import io.landfall.shutdown.DrainReport.Outcome;
import io.landfall.shutdown.DrainReport.Reached;
import io.landfall.shutdown.DrainReport.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainReportTest {

    private static final DrainReport PEACEFUL = new DrainReport(
            "context close",
            Duration.ofMillis(2345),
            List.of(
                    new Reached(DrainPhase.REFUSING, Duration.ofMillis(45)),
                    new Reached(DrainPhase.WITHDRAWN, Duration.ofMillis(200)),
                    new Reached(DrainPhase.QUIET, Duration.ofMillis(2000)),
                    new Reached(DrainPhase.CLOSED, Duration.ofMillis(100))),
            17,
            Optional.of(Duration.ofMillis(310)),
            List.of(),
            List.of(new StepResult("leave the registries", Outcome.DONE, Duration.ofMillis(180), "")));

    private static final DrainReport FORCED = new DrainReport(
            "SIGTERM",
            Duration.ofSeconds(30),
            List.of(
                    new Reached(DrainPhase.REFUSING, Duration.ZERO),
                    new Reached(DrainPhase.WITHDRAWN, Duration.ofMillis(5100)),
                    new Reached(DrainPhase.FORCED, Duration.ofSeconds(25)),
                    new Reached(DrainPhase.CLOSED, Duration.ZERO)),
            0,
            Optional.empty(),
            List.of(new CutCall("dubbo", "Greeting.greet", Duration.ofMillis(61_540))),
            List.of(
                    new StepResult("leave the registries", Outcome.ABANDONED, Duration.ofMillis(5000), ""),
                    new StepResult(
                            "stop consumers", Outcome.FAILED, Duration.ofMillis(20), "java.io.IOException: gone"),
                    new StepResult("refuse traffic", Outcome.DONE, Duration.ZERO, "")));

    private Locale before = Locale.getDefault();

    @BeforeEach
    void readAsInEngland() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.UK);
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @Test
    void shouldTellAPeacefulDrainToAPerson() {
        assertThat(PEACEFUL.toReadableBlock())
                .startsWith("Drained in 2.3 s after context close")
                .containsSubsequence(
                        "REFUSING   +0.05 s", "WITHDRAWN  +0.20 s", "QUIET      +2.00 s", "CLOSED     +0.10 s")
                .contains("served while draining: 17; last arrival after leaving the registries: 0.31 s")
                .doesNotContain("CUT", "leave the registries'");
        assertThat(PEACEFUL.forced()).isFalse();
    }

    @Test
    void shouldNameWhatWasCutAndWhatFailed() {
        assertThat(FORCED.toReadableBlock())
                .startsWith("Drained in 30.0 s after SIGTERM")
                .contains("last arrival after leaving the registries: none")
                .contains("step 'leave the registries' abandoned after 5.0 s")
                .contains("step 'stop consumers' failed after 0.0 s java.io.IOException: gone")
                .contains("CUT dubbo Greeting.greet, running for 61.5 s")
                .doesNotContain("refuse traffic");
        assertThat(FORCED.forced()).isTrue();
    }

    @Test
    void shouldGiveCollectorsOneLine() {
        assertThat(PEACEFUL.toStructuredLine())
                .isEqualTo("drain cause=\"context close\" totalMillis=2345 served=17 lastArrivalMillis=310 cut=0 "
                        + "forced=false phases=REFUSING:45,WITHDRAWN:200,QUIET:2000,CLOSED:100");
        assertThat(FORCED.toStructuredLine())
                .isEqualTo("drain cause=SIGTERM totalMillis=30000 served=0 lastArrivalMillis=none cut=1 "
                        + "forced=true phases=REFUSING:0,WITHDRAWN:5100,FORCED:25000,CLOSED:0");
    }

    @Test
    void shouldStayOneLineWhateverTheCause() {
        DrainReport report = new DrainReport(
                "a \"quoted\"\ncause", Duration.ZERO, List.of(), 0, Optional.empty(), List.of(), List.of());

        assertThat(report.toStructuredLine())
                .startsWith("drain cause=\"a  quoted  cause\" totalMillis=0")
                .doesNotContain("\n");
    }

    @Test
    void shouldNotChangeWithTheListsItWasMadeOf() {
        List<CutCall> cut = new ArrayList<>();
        DrainReport report = new DrainReport("test", Duration.ZERO, List.of(), 0, Optional.empty(), cut, List.of());

        cut.add(new CutCall("dubbo", "late", Duration.ZERO));

        assertThat(report.cut()).isEmpty();
    }
}
