package io.landfall.e2e.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadJsonTest {

    @Test
    void shouldFindTheReportBetweenOtherLines() {
        List<String> output = List.of(
                "{\"second\":1,\"sent\":9,\"answered\":8,\"lost\":0,\"inFlight\":1,\"providers\":{}}",
                "{",
                "  \"name\" : \"pod\",",
                "02:53:48.909 WARN  [DubboShutdownHook] Something - else",
                "  REFUSING   +0.00 s",
                "  \"startedAtMillis\" : 1,",
                "  \"sent\" : 9,",
                "  \"answered\" : 8,",
                "  \"lost\" : 1,",
                "  \"lostByType\" : { \"X\" : 1 },",
                "  \"seconds\" : [ {",
                "    \"second\" : 1, \"sent\" : 9, \"lost\" : 1, \"lostByType\" : { }, \"providers\" : { }",
                "  } ]",
                "}");
        assertThat(LoadJson.reportAmong(output)).hasValueSatisfying(report -> {
            assertThat(report.sent()).isEqualTo(9);
            assertThat(report.seconds()).hasSize(1);
        });
    }

    @Test
    void shouldTakeALineForProgressOnlyIfItIsWhole() {
        assertThat(LoadJson.progress("{\"second\":1,\"sent\":9,\"answ")).isEmpty();
        assertThat(LoadJson.progress("Exception in thread main")).isEmpty();
    }
}
