package io.landfall.registry;

import java.time.Duration;

/**
 * A registry that keeps one entry for an instance's id, and forgets it unless it hears of it. {@link Registration} calls it, one
 * call at a time; each call ends within a bound of its own.
 *
 * <p>A call that fails may have been heard all the same, so each of them may be made again.
 */
public interface ServiceRegistry {

    /** What and where it is, for logs and errors. Without credentials. */
    String place();

    /**
     * Enters an instance. An entry of the same id is replaced, and is never gone meanwhile.
     *
     * @throws RegistryException if the registry cannot be reached, or refuses
     */
    void enter(ServiceInstance instance);

    /**
     * Says that an instance is still there.
     *
     * @return false: the registry does not know it, or no longer as it is
     * @throws RegistryException if the registry cannot be reached, or refuses
     */
    boolean renew(ServiceInstance instance);

    /**
     * Takes an instance's entry out; one that is not there is no error.
     *
     * @throws RegistryException if the registry cannot be reached, or refuses
     */
    void remove(ServiceInstance instance);

    /** How often it wants to hear of an instance. */
    Duration heartbeat();

    /**
     * How long to leave it alone.
     *
     * @param failures how many calls have failed in a row, from 1
     */
    Duration pause(int failures);
}
