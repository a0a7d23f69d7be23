package io.landfall.deploy.cluster;

/** The API server did not do what it was asked for, and asking again did not help. For a write nobody knows whether it is there. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What HTTP says; 0: there was no answer. */
    public int status() {
        return status;
    }
}
