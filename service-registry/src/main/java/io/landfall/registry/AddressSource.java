package io.landfall.registry;

import java.util.Optional;

/** A place where the external address may be found. Implementations are safe for any thread. */
public interface AddressSource extends AutoCloseable {

    /** What it is, for the log and for the list of places looked at; with the name or path a person would check. */
    String place();

    /**
     * Looks.
     *
     * @return the address; empty if this place says nothing
     * @throws IllegalArgumentException if it says something that is no address; the message says what and where
     */
    Optional<ExternalAddress> find();

    /** The same without waiting for what may come later: to see whether it has changed. */
    default Optional<ExternalAddress> look() {
        return find();
    }

    /** Follows nothing any longer, where it did; {@link #look} may then say what it saw last. */
    @Override
    default void close() {}
}
