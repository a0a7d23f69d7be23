package io.landfall.deploy;

import java.util.Set;

/**
 * One row of the table.
 *
 * @param ordinal of its pod in the StatefulSet, from 0
 * @param address that it is reached by, and takes for its own
 * @param roles of an instance of CAT; else empty
 * @param hdfs whether an instance of CAT keeps its messages in HDFS
 */
public record Instance(int ordinal, IpAddress address, Set<Role> roles, boolean hdfs) {

    /** Copies the set. */
    public Instance {
        roles = Set.copyOf(roles);
    }

    /** Whether it has a role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
