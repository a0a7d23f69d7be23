package io.landfall.deploy.release;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a release is, as it stands in an annotation of its workload. It changes only together with the fields that it describes, in one
 * write, and says everything that they follow from. One that cannot be read is as good as none: what it said is seen from the pods.
 *
 * @param order which order
 * @param direction where to
 * @param batch which batch is admitted, from 1
 * @param allowed how many pods may have the template of this direction; of a {@link Target.Scale}: how many pods there are to be
 * @param surge how many of these come before others go; 0: others went first, or go now
 * @param settling whether nothing moves until the workload's controller counts no pod of this direction as available
 * @param replicas how many pods the workload asked for when {@code allowed} was reckoned
 * @param since when the batch was admitted
 * @param epoch of the engine that wrote it: how often the engines' lease had changed hands. A lower one may not write after it
 * @param heard how much people had {@linkplain Directive#said() said} by then
 * @param hold why it goes no further without a person; empty: it does
 * @param because why it goes back; empty: it does not
 */
public record Progress(
        String order,
        Direction direction,
        int batch,
        int allowed,
        int surge,
        boolean settling,
        int replicas,
        Instant since,
        long epoch,
        int heard,
        Optional<String> hold,
        Optional<String> because) {

    /** Where to. */
    public enum Direction {
        /** To the order's target. */
        FORWARD,
        /** To what was there before. */
        BACK
    }

    /** The same, going no further. */
    Progress held(String why, long writer, int said) {
        return new Progress(
                order,
                direction,
                batch,
                allowed,
                surge,
                settling,
                replicas,
                since,
                writer,
                said,
                Optional.of(why),
                because);
    }

    /** The same, forgiven: its time begins anew. */
    Progress forgiven(Instant now, long writer, int said) {
        return new Progress(
                order,
                direction,
                batch,
                allowed,
                surge,
                settling,
                replicas,
                now,
                writer,
                said,
                Optional.empty(),
                because);
    }
}
