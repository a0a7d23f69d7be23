package io.landfall.deploy.release;

import java.time.Instant;
import java.util.Optional;

/** What an engine does next. Each is done alone, and then everything is looked at again. */
public sealed interface Decision {

    /**
     * Nothing.
     *
     * @param why in a line, for people
     * @param until when to look again though nothing has changed; empty: when something has
     */
    record Wait(String why, Optional<Instant> until) implements Decision {}

    /** Apply what comes before the workload. */
    record Prepare(java.util.List<Manifest> objects) implements Decision {

        /** Copies the list. */
        public Prepare {
            objects = java.util.List.copyOf(objects);
        }
    }

    /** Keep an autoscaler from changing the number of pods. */
    record HoldAutoscaler() implements Decision {}

    /** Let it again. */
    record GiveBackAutoscaler() implements Decision {}

    /**
     * Write the workload: the template of a direction, the fields of a release, and how far it is. {@code progressDeadlineSeconds} of a
     * Deployment is an hour more than {@code minReadySeconds} where the manifest's is not more already. Where the workload is not there,
     * it is made.
     *
     * @param progress from which the fields follow
     * @param fields the fields
     * @param replicas how many pods it asks for
     */
    record Write(Progress progress, WorkloadView.Fields fields, int replicas) implements Decision {}

    /**
     * Write how far it is, and leave everything else of the workload as it is, somebody else's changes included.
     *
     * @param progress what changes
     */
    record Note(Progress progress) implements Decision {}

    /**
     * Write the workload as it is outside of releases, without {@link Progress}, and name the order as the last one.
     *
     * @param direction whose template
     * @param fields those that stay as they are, for an order that ends half way, and for another number of pods; empty: all as in the
     *     direction's manifest
     * @param replicas how many pods it asks for
     * @param last what is left in the workload of the order
     */
    record End(
            Progress.Direction direction,
            Optional<WorkloadView.Fields> fields,
            int replicas,
            WorkloadView.LastOrder last)
            implements Decision {}

    /**
     * Take away a pod that holds up a StatefulSet's update, and would for ever.
     *
     * @param uid of this one only: its successor has the same name
     */
    record DeletePod(String name, String uid) implements Decision {}

    /** Write down how the order ended. */
    record Conclude(Outcome outcome) implements Decision {}
}
