package io.landfall.deploy.release;

import java.util.Optional;

/**
 * An order as the cluster has it.
 *
 * @param order what is wanted
 * @param directive what was said since
 * @param outcome how it ended; empty: it has not
 * @param version of what was read, for compare-and-set
 */
public record StoredOrder(ReleaseOrder order, Directive directive, Optional<Outcome> outcome, String version) {

    /** The same with another directive. */
    public StoredOrder with(Directive changed) {
        return new StoredOrder(order, changed, outcome, version);
    }

    /** The same, ended. */
    public StoredOrder ended(Outcome how) {
        return new StoredOrder(order, directive, Optional.of(how), version);
    }
}
