package io.landfall.deploy.diagnosis;

import io.landfall.deploy.diagnosis.Trouble.Kind;
import java.util.Optional;

/** A pod that is over: its node threw it out, or did not take it. Another one is made for it. */
final class FailedPod {

    private FailedPod() {}

    static Optional<Trouble> of(Sight sight) {
        if (!"Failed".equals(sight.status().getPhase())) {
            return Optional.empty();
        }
        String reason = sight.status().getReason() == null ? "" : sight.status().getReason();
        String message = sight.status().getMessage() == null
                ? ""
                : OneLine.of(sight.status().getMessage());
        return Optional.of(sight.trouble(Kind.EVICTED, sentence(sight, reason, message), remedy(reason)));
    }

    private static String sentence(Sight sight, String reason, String message) {
        String detail = message.isEmpty() ? "" : ": " + message;
        if (reason.equals("Evicted")) {
            return "was thrown out" + sight.onNode().replace(" on ", " by ") + detail;
        }
        if (reason.startsWith("OutOf")) {
            return "was sent to a node that has no room" + detail;
        }
        return "failed" + (reason.isEmpty() ? "" : " (" + reason + ")") + detail;
    }

    private static String remedy(String reason) {
        return reason.equals("Evicted")
                ? "another pod is made for it; give the container a request that says what it really uses"
                : "another pod is made for it; if that happens again, ask whoever runs the cluster";
    }
}
