package io.landfall.deploy;

import java.util.List;
import java.util.Optional;

/**
 * A StatefulSet with an address for each pod: everything that is rendered comes from here. Checked when it is read; see
 * {@code .instances}.
 *
 * @param name of the StatefulSet, and the beginning of all other names
 * @param namespace empty: to be named when it is applied
 * @param container what runs
 * @param storage where each instance keeps its data
 * @param balancer who routes the addresses
 * @param onChange what happens to those that run when another instance comes
 * @param instances by ordinal, from 0 without a hole; at least one
 * @param cat what CAT needs; empty: this is other software
 */
public record InstanceTable(
        String name,
        Optional<String> namespace,
        Container container,
        Storage storage,
        Balancer balancer,
        OnChange onChange,
        List<Instance> instances,
        Optional<CatSettings> cat) {

    /** What happens to those that run when the list of instances changes. */
    public enum OnChange {
        /** They are started again, one after the other, the last first. */
        RESTART,
        /** Nothing: they read the file anew by themselves. */
        REREAD
    }

    /** Copies the list. */
    public InstanceTable {
        instances = List.copyOf(instances);
    }

    /** The same for another namespace. */
    public InstanceTable inNamespace(String other) {
        return new InstanceTable(name, Optional.of(other), container, storage, balancer, onChange, instances, cat);
    }

    /** The name of an instance: that of its pod and of its Service. */
    public String podName(int ordinal) {
        return name + "-" + ordinal;
    }
}
