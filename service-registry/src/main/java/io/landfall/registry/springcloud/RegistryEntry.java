package io.landfall.registry.springcloud;

import io.landfall.registry.ExternalAddress;

/** What one discovery client has registered for this application. Used by one thread at a time. */
interface RegistryEntry {

    /** What the log calls the registry. */
    String registry();

    /** Whether this application registers there at all. */
    boolean exists();

    /**
     * Puts another address into the entry, which keeps its id and is never away meanwhile. Does no harm when it has done so before.
     *
     * @param address without a port: the port stays
     * @return whether that is all; if not, it is to be asked again later
     * @throws RuntimeException if the registry cannot be reached; to be asked again as well
     */
    boolean moveTo(ExternalAddress address);
}
