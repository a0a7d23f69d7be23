package io.landfall.examples.load.http;

/** The service answered, but not with success. */
final class HttpStatusException extends RuntimeException {

    private final int status;

    HttpStatusException(int status) {
        super("HTTP status " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}
