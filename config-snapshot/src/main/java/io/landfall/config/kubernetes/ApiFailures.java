package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.config.SnapshotException;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What a failed request means, in words of ours. */
final class ApiFailures {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_MESSAGE = 300;

    private ApiFailures() {}

    /** Whether the same request may go well in a moment. */
    static boolean mayPass(Throwable failure) {
        int code = code(failure);
        return code >= HttpURLConnection.HTTP_INTERNAL_ERROR
                || code == TOO_MANY_REQUESTS
                // A list that took longer to read than the API server remembers.
                || code == HttpURLConnection.HTTP_GONE
                || (code <= 0 && cause(failure).isPresent());
    }

    static SnapshotException explained(ApiRequest request, RuntimeException failure) {
        String subject = "Request to " + request.verb() + " " + request.subject();
        Violation violation = violation(request, failure);
        RuntimeException cause = request.mayQuoteSecrets() ? null : failure;
        return mayPass(failure) || failure instanceof CancellationException
                ? new UnavailableException(subject, violation, cause)
                : new SnapshotException(subject, List.of(violation), cause);
    }

    private static Violation violation(ApiRequest request, RuntimeException failure) {
        int code = code(failure);
        String where = request.resource() + " of namespace " + request.namespace();
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            return new Violation(
                    request.subject(),
                    "the API server forbids to " + request.verb() + " " + where + message(request, failure),
                    "give the service account a Role with " + request.verb() + " on " + where
                            + ", unless it is a quota or a policy that forbids it");
        }
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new Violation(
                    request.subject(),
                    "the API server does not know who asks (401)",
                    "look whether the service account's token is there and valid");
        }
        if (code > 0) {
            return new Violation(
                    request.subject(),
                    "the API server answers " + code + message(request, failure),
                    mayPass(failure) ? "try again later" : "look what is wrong with the request or the namespace");
        }
        return new Violation(
                request.subject(), "the API server gives no answer: " + reason(failure), "try again later");
    }

    private static String message(ApiRequest request, RuntimeException failure) {
        if (request.mayQuoteSecrets() || !(failure instanceof KubernetesClientException answer)) {
            return "";
        }
        return Optional.ofNullable(answer.getStatus())
                .map(Status::getMessage)
                .filter(text -> !text.isBlank())
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)))
                .map(text -> ": " + text.replaceAll("\\p{Cntrl}", " "))
                .orElse("");
    }

    private static String reason(RuntimeException failure) {
        Throwable cause = cause(failure).<Throwable>map(io -> io).orElse(failure);
        // What is not of Java may quote the answer.
        return cause.getClass().getName().startsWith("java")
                ? cause.toString()
                : cause.getClass().getSimpleName();
    }

    /** 0 or less if there was no answer. */
    private static int code(Throwable failure) {
        return failure instanceof KubernetesClientException answer ? answer.getCode() : 0;
    }

    private static Optional<IOException> cause(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof IOException io) {
                return Optional.of(io);
            }
        }
        return Optional.empty();
    }
}
