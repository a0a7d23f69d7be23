package io.landfall.shutdown.actuator;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainReport;
import io.landfall.shutdown.InFlight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code GET /actuator/drain} shows how things stand, {@code POST} drains and answers with the report. As it takes the application
 * out for good, it has to be allowed: {@code management.endpoint.drain.access=unrestricted}.
 *
 * <p>Answers are maps of plain values: the two supported lines of Spring Boot write records and durations differently.
 */
@Endpoint(id = "drain", defaultAccess = Access.READ_ONLY)
public class DrainEndpoint {

    private final Drain drain;

    /** Shows one drain. */
    public DrainEndpoint(Drain drain) {
        this.drain = drain;
    }

    /** How things stand. */
    @ReadOperation
    public Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("phase", drain.phase().name());
        state.put("readiness", drain.readiness().state().name());
        state.put("inFlight", drain.inFlight().stream().collect(Collectors.toMap(InFlight::kind, InFlight::count)));
        drain.report().ifPresent(report -> state.put("report", plain(report)));
        return state;
    }

    /** Drains, and answers when it is over. */
    @WriteOperation
    public Map<String, Object> drain() {
        return plain(drain.run("actuator"));
    }

    private static Map<String, Object> plain(DrainReport report) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("cause", report.cause());
        plain.put("totalMillis", report.total().toMillis());
        plain.put("served", report.served());
        plain.put("forced", report.forced());
        report.lastArrivalAfterWithdrawal()
                .ifPresent(last -> plain.put("lastArrivalAfterWithdrawalMillis", last.toMillis()));
        plain.put("phases", phases(report));
        plain.put("cut", cut(report));
        return plain;
    }

    private static List<Map<String, Object>> phases(DrainReport report) {
        return report.phases().stream()
                .map(reached -> Map.<String, Object>of(
                        "phase",
                        reached.phase().name(),
                        "millis",
                        reached.after().toMillis()))
                .toList();
    }

    private static List<Map<String, Object>> cut(DrainReport report) {
        return report.cut().stream()
                .map(call -> Map.<String, Object>of(
                        "kind",
                        call.kind(),
                        "name",
                        call.name(),
                        "ageMillis",
                        call.age().toMillis()))
                .toList();
    }
}
