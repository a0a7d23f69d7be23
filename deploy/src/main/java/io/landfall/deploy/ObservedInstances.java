package io.landfall.deploy;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a cluster has of a table's instances.
 *
 * @param replicas what its StatefulSet is told to have; empty: there is none
 * @param claims the ordinals whose volumes are there and were not given up
 * @param addresses the address that each ordinal was given last
 */
public record ObservedInstances(OptionalInt replicas, Set<Integer> claims, Map<Integer, String> addresses) {

    /** Copies the set and the map. */
    public ObservedInstances {
        claims = Set.copyOf(claims);
        addresses = Map.copyOf(addresses);
    }

    /** A cluster that has none. */
    public static ObservedInstances none() {
        return new ObservedInstances(OptionalInt.empty(), Set.of(), Map.of());
    }
}
