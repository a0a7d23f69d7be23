package io.landfall.e2e.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrainLogTest {

    @Test
    void shouldFindWhatWasCut() {
        List<String> log = List.of(
                "02:53:48.909 INFO  [main] Something - else",
                "02:53:50.000 WARN  [landfall-drain] i.l.s.Drain - Drained in 8.2 s after SIGTERM",
                "  REFUSING   +0.00 s",
                "  CUT dubbo GreetingService.greet, running for 9.1 s",
                "02:53:50.001 INFO  [landfall-drain] i.l.s.Drain - drain cause=SIGTERM totalMillis=8213 served=3"
                        + " lastArrivalMillis=none cut=1 forced=true phases=REFUSING:0");
        assertThat(DrainLog.in(log))
                .contains(new DrainLog(
                        "SIGTERM", 8213, 1, true, List.of("dubbo GreetingService.greet, running for 9.1 s")));
    }

    @Test
    void shouldReadACauseOfSeveralWords() {
        List<String> log =
                List.of("INFO - drain cause=\"GET /drain\" totalMillis=2100 served=0 lastArrivalMillis=12 cut=0"
                        + " forced=false phases=REFUSING:0");
        assertThat(DrainLog.in(log)).contains(new DrainLog("GET /drain", 2100, 0, false, List.of()));
    }

    @Test
    void shouldFindNothingInTheLogOfAPodThatDidNotDrain() {
        assertThat(DrainLog.in(List.of("drained the swamp"))).isEmpty();
    }
}
