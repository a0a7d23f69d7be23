package io.landfall.deploy.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.deploy.release.Gate;
import io.landfall.deploy.release.GateCheck;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Verdict;
import io.landfall.deploy.release.WorkloadView;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a Prometheus, or what speaks its {@code /api/v1/query}. A query passes if it gives a series. One that the server does not
 * understand is {@link Verdict.Unknown}, like a server that does not answer. For several threads.
 */
public final class PrometheusCheck implements GateCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Asking asking;

    /** Waits for so long for one answer. */
    public PrometheusCheck(Duration timeout) {
        asking = new Asking(timeout);
    }

    @Override
    public Optional<Verdict> check(Gate gate, ReleaseOrder order, WorkloadView seen) {
        return gate instanceof Gate.Prometheus query ? Optional.of(ask(query)) : Optional.empty();
    }

    private Verdict ask(Gate.Prometheus gate) {
        try {
            HttpResponse<byte[]> answer = asking.get(address(gate));
            JsonNode body = JSON.readTree(answer.body());
            return answer.statusCode() == HttpURLConnection.HTTP_OK
                    ? verdict(gate, body.path("data").path("result"))
                    : new Verdict.Unknown(Asking.place(gate.server()) + " answers " + answer.statusCode() + " "
                            + body.path("error").asText());
        } catch (IOException failed) {
            return new Verdict.Unknown(Asking.place(gate.server()) + ": " + failed.getMessage());
        }
    }

    private static Verdict verdict(Gate.Prometheus gate, JsonNode series) {
        if (!series.isArray()) {
            return new Verdict.Unknown(Asking.place(gate.server()) + " gives no result, though it answers");
        }
        return series.isEmpty() ? new Verdict.Failed("it does not hold: " + gate.query()) : new Verdict.Passed();
    }

    private static URI address(Gate.Prometheus gate) {
        String server = gate.server().toString().replaceAll("/+$", "");
        return URI.create(server + "/api/v1/query?query=" + URLEncoder.encode(gate.query(), StandardCharsets.UTF_8));
    }
}
