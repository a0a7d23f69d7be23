package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.HttpURLConnection;

/**
 * What the API server said.
 *
 * @param status what HTTP says
 * @param body an object, or a Status that says what was wrong
 */
record Answer(int status, JsonNode body) {

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Kubernetes 1.20 says so of an apply that no repetition makes valid, with a status of 500. */
    private static final String NOT_TYPED = "failed to create typed patch object";

    /** Kubernetes 1.20 says so of a Service, and of no other kind, with a status of 500. */
    private static final String VERSION_OF_NOTHING = "resourceVersion should not be set on objects to be created";

    boolean done() {
        return status >= HttpURLConnection.HTTP_OK && status < HttpURLConnection.HTTP_MULT_CHOICE;
    }

    /** Something else was written since, or it is gone. */
    boolean stale() {
        return status == HttpURLConnection.HTTP_CONFLICT || missing();
    }

    boolean missing() {
        return status == HttpURLConnection.HTTP_NOT_FOUND;
    }

    boolean conflict() {
        return status == HttpURLConnection.HTTP_CONFLICT;
    }

    /** What was sent is wrong in itself. */
    boolean invalid() {
        return status == UNPROCESSABLE || status == HttpURLConnection.HTTP_BAD_REQUEST || notTyped();
    }

    private boolean notTyped() {
        return message().startsWith(NOT_TYPED);
    }

    boolean versionOfNothing() {
        return message().contains(VERSION_OF_NOTHING);
    }

    /** Asked again it may be another one: a full API server's, or that of one that is broken or not there. */
    boolean passing() {
        return status == TOO_MANY_REQUESTS
                || (status >= HttpURLConnection.HTTP_INTERNAL_ERROR && !notTyped() && !versionOfNothing());
    }

    String message() {
        return body.path("message").asText("");
    }

    ApiException failure(String subject) {
        return new ApiException(status, subject + ": the API server answers " + status + ": " + message() + advice());
    }

    private String advice() {
        return status == HttpURLConnection.HTTP_FORBIDDEN || status == HttpURLConnection.HTTP_UNAUTHORIZED
                ? "; give its account the Role that EngineRole renders"
                : "";
    }
}
