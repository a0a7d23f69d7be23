package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The Services of a cluster, as far as one may look. */
@FunctionalInterface
public interface ServiceDirectory {

    /**
     * Looks at all of them.
     *
     * @param relevant which to keep: there may be many thousands
     */
    Seen look(Predicate<Service> relevant);

    /**
     * What was found.
     *
     * @param services those that are relevant
     * @param notLookedAt what was left out, and why; empty: nothing
     */
    record Seen(List<Service> services, Optional<String> notLookedAt) {

        /** Copies the list. */
        public Seen {
            services = List.copyOf(services);
        }
    }
}
