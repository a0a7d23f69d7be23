package io.landfall.deploy.release;

import java.util.OptionalLong;

/** Which engine acts. There may be two for a moment: then one has a lower epoch, and what it reads is old. For several threads. */
public interface Election {

    /**
     * Asked before each decision.
     *
     * @return how often the lease had changed hands when this engine got it; empty: another one has it
     */
    OptionalLong epoch();

    /**
     * Tells when this engine has got the lease, or lost it. The listener comes back at once.
     *
     * @return ends it
     */
    AutoCloseable onChange(Runnable listener);
}
