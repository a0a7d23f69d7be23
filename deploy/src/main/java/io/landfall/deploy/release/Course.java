package io.landfall.deploy.release;

import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.WorkloadView.Fields;
import java.util.Optional;

/** How batches go on one kind of workload. It reckons, and remembers nothing. */
interface Course {

    /** The first step of a direction, from whatever is there. */
    Step first(Direction direction);

    /** The step after one that is ready and was not the last. */
    Step next(Step step);

    /** Whether nothing is left to do once the step is ready. */
    boolean last(Step step);

    /** The same step for the number of pods that there are to be by now. */
    Step rescaled(Step step);

    /** All that is left, at once. */
    Step atOnce(Direction direction);

    /** The step anew, after somebody else has changed the workload. */
    Step again(Step step);

    /** What the workload has while the step lasts. */
    Fields fields(Step step);

    /** How many pods it asks for then. */
    int replicas(Step step);

    /** What an order that is ended half way leaves. */
    Fields staying(Step step);

    /** What it has at its end; empty: as in the manifest. */
    Optional<Fields> ending();

    /** Whether the workload is as the step left it. */
    boolean intact(Step step);

    Readiness readiness(Step step);

    /** What has to be done for the step to go on; empty: nothing. */
    Optional<Decision> unblock(Step step);
}
