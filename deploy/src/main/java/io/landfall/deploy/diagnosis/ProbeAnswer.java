package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Probe;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a probe was answered. */
record ProbeAnswer(String words, String remedy) {

    private static final Pattern STATUS = Pattern.compile("^HTTP probe failed with statuscode: (\\d+)");
    private static final Pattern SILENT = Pattern.compile("(?i)deadline exceeded|timeout|timed out");
    private static final String OWN_LOG = "look into the application's log";

    static ProbeAnswer of(String answer, @Nullable Probe probe) {
        Matcher status = STATUS.matcher(answer);
        if (status.find()) {
            return new ProbeAnswer("answered " + status.group(1), remedyOf(status.group(1)));
        }
        if (answer.contains("connection refused")) {
            return new ProbeAnswer(
                    "is refused: nothing listens there", "it may still be starting; else check the probe's port");
        }
        if (SILENT.matcher(answer).find()) {
            return new ProbeAnswer("got no answer within " + timeout(probe) + " s", OWN_LOG + ": it is busy or hangs");
        }
        if (answer.contains("server gave HTTP response to HTTPS client")) {
            return new ProbeAnswer("speaks HTTP, and is asked by HTTPS", "set the probe's scheme to HTTP");
        }
        if (answer.contains("malformed HTTP response")
                || answer.contains("EOF")
                || answer.contains("connection reset")) {
            return new ProbeAnswer("did not answer in HTTP", "check the probe's port and scheme");
        }
        return new ProbeAnswer(answer.isBlank() ? "failed" : "said " + OneLine.quoted(answer), OWN_LOG);
    }

    private static String remedyOf(String status) {
        return switch (status) {
            case "503" ->
                "the application is up and says that it is not ready: its readiness page says what it waits for";
            case "404" -> "check the probe's path";
            case "401", "403" -> "let the probe's path be asked without an account";
            default -> OWN_LOG;
        };
    }

    private static int timeout(@Nullable Probe probe) {
        return probe == null || probe.getTimeoutSeconds() == null ? 1 : probe.getTimeoutSeconds();
    }
}
