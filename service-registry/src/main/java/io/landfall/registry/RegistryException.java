package io.landfall.registry;

import java.io.Serial;

/** A registry did not do what it was asked. The message says which registry, and why; it never has credentials. */
public final class RegistryException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The message is all there is: causes quote requests. */
    public RegistryException(String message) {
        super(message);
    }
}
