package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What applying a way in would do.
 *
 * @param service as it is applied
 * @param now as it is; empty: there is none
 * @param changes field by field
 * @param refused why the API server would not take it; nobody's agreement helps
 * @param takeOvers what would be taken from somebody; needs {@code --take-over}
 * @param conflicts fields that others have written and that would be taken from them; needs {@code --force-conflicts}
 * @param notes what somebody should know
 */
public record TrafficPlan(
        Service service,
        Optional<Service> now,
        List<String> changes,
        List<Violation> refused,
        List<Violation> takeOvers,
        List<Violation> conflicts,
        List<String> notes) {

    /** Copies the lists. */
    public TrafficPlan {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
        takeOvers = List.copyOf(takeOvers);
        conflicts = List.copyOf(conflicts);
        notes = List.copyOf(notes);
    }

    /**
     * Whether plans may be carried out.
     *
     * @param takeOver whether somebody agreed to what is taken over
     * @param force whether somebody agreed to take fields from others
     * @throws RefusedException with everything that stands in the way, of all of them
     */
    public static void check(List<TrafficPlan> plans, boolean takeOver, boolean force) {
        List<Violation> wrong = new ArrayList<>();
        plans.forEach(plan -> wrong.addAll(plan.obstacles(takeOver, force)));
        if (!wrong.isEmpty()) {
            throw new RefusedException(wrong);
        }
    }

    private List<Violation> obstacles(boolean takeOver, boolean force) {
        return Stream.of(refused, takeOver ? List.<Violation>of() : takeOvers, force ? List.<Violation>of() : conflicts)
                .flatMap(List::stream)
                .toList();
    }

    /** For people, a line each: what changes, then {@code !} what is taken over or in the way, then what to know. */
    public List<String> lines() {
        return Stream.of(
                        changes.stream(),
                        Stream.of(refused, takeOvers, conflicts)
                                .flatMap(List::stream)
                                .map(violation -> "! " + violation),
                        notes.stream().map(note -> "# " + note))
                .flatMap(lines -> lines)
                .toList();
    }
}
