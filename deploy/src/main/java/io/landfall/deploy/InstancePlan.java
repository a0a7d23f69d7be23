package io.landfall.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What applying a table does to the instances that a cluster has.
 *
 * @param steps one for each instance that is there or will be, by ordinal
 */
public record InstancePlan(List<Step> steps) {

    /** What happens to an instance. */
    public enum Action {
        /** It comes. */
        ADD,
        /** It stays; whether it is started again is the table's {@code onChange}. */
        KEEP,
        /** It gets another address, and is started again. */
        MOVE,
        /** It goes. Its volume stays, given up. */
        REMOVE
    }

    /**
     * What happens to one instance.
     *
     * @param ordinal of its pod
     * @param instance its name
     * @param detail for people: an address, or what becomes of a volume
     */
    public record Step(Action action, int ordinal, String instance, String detail) {

        @Override
        public String toString() {
            return action.name().toLowerCase(Locale.ROOT) + " " + instance + " (" + detail + ")";
        }
    }

    /**
     * What somebody has agreed to, by the names of instances.
     *
     * @param removals may go, though they own data
     * @param moves may get another address
     */
    public record Confirmed(Set<String> removals, Set<String> moves) {

        /** Nothing. */
        public static Confirmed nothing() {
            return new Confirmed(Set.of(), Set.of());
        }
    }

    /** Copies the list. */
    public InstancePlan {
        steps = List.copyOf(steps);
    }

    /**
     * Compares a table with a cluster.
     *
     * @throws RefusedException if an instance that owns data would go, or one's address would change, and nobody confirmed it
     */
    public static InstancePlan of(InstanceTable table, ObservedInstances observed, Confirmed confirmed) {
        List<Step> steps = all(table, observed).toList();
        List<Violation> wrong = new ArrayList<>();
        steps.forEach(step -> check(step, table, observed, confirmed, wrong));
        wrong.addAll(superfluous(steps, Action.REMOVE, confirmed.removals(), "--confirm-remove"));
        wrong.addAll(superfluous(steps, Action.MOVE, confirmed.moves(), "--confirm-move"));
        if (!wrong.isEmpty()) {
            throw new RefusedException(wrong);
        }
        return new InstancePlan(steps);
    }

    /** All that would change, whether anybody agreed to it or not. */
    public static List<Step> changes(InstanceTable table, ObservedInstances observed) {
        return all(table, observed).filter(step -> step.action() != Action.KEEP).toList();
    }

    /** The ordinals of instances that go. */
    public List<Integer> removals() {
        return steps.stream()
                .filter(step -> step.action() == Action.REMOVE)
                .map(Step::ordinal)
                .toList();
    }

    private static Stream<Step> all(InstanceTable table, ObservedInstances observed) {
        return Stream.concat(
                table.instances().stream().map(instance -> kept(table, observed, instance)),
                surplus(table, observed).map(ordinal -> removed(table, observed, ordinal)));
    }

    private static Step kept(InstanceTable table, ObservedInstances observed, Instance instance) {
        int ordinal = instance.ordinal();
        String name = table.podName(ordinal);
        String address = instance.address().text();
        String before = observed.addresses().getOrDefault(ordinal, address);
        if (!before.equals(address)) {
            return new Step(Action.MOVE, ordinal, name, before + " to " + address);
        }
        boolean runs = ordinal < observed.replicas().orElse(0);
        return new Step(runs ? Action.KEEP : Action.ADD, ordinal, name, address);
    }

    private static Stream<Integer> surplus(InstanceTable table, ObservedInstances observed) {
        int size = table.instances().size();
        TreeSet<Integer> ordinals = IntStream.range(size, observed.replicas().orElse(0))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        observed.claims().stream().filter(ordinal -> ordinal >= size).forEach(ordinals::add);
        return ordinals.stream();
    }

    private static Step removed(InstanceTable table, ObservedInstances observed, int ordinal) {
        String detail = observed.claims().contains(ordinal) ? "its volume stays, given up" : "it owns no volume";
        return new Step(Action.REMOVE, ordinal, table.podName(ordinal), detail);
    }

    private static void check(
            Step step, InstanceTable table, ObservedInstances observed, Confirmed confirmed, List<Violation> wrong) {
        String name = step.instance();
        boolean ownsData = observed.claims().contains(step.ordinal());
        if (step.action() == Action.REMOVE && ownsData && !confirmed.removals().contains(name)) {
            wrong.add(new Violation(
                    name,
                    "the table has no row for it, and it still owns data",
                    "put the row back, or say --confirm-remove " + name));
        }
        if (step.action() != Action.MOVE) {
            return;
        }
        if (table.onChange() == InstanceTable.OnChange.REREAD) {
            wrong.add(new Violation(
                    name,
                    "its address would change (" + step.detail()
                            + "), and with on-change: reread it is not started again",
                    "use on-change: restart for this"));
        } else if (!confirmed.moves().contains(name)) {
            wrong.add(new Violation(
                    name,
                    "its address would change (" + step.detail() + "): its data and its peers know it by the old one",
                    "only the last rows can go, and no row may be renumbered; if it is meant, say --confirm-move "
                            + name));
        }
    }

    private static List<Violation> superfluous(List<Step> steps, Action action, Set<String> names, String option) {
        Set<String> meant = steps.stream()
                .filter(step -> step.action() == action)
                .map(Step::instance)
                .collect(Collectors.toSet());
        return names.stream()
                .filter(name -> !meant.contains(name))
                .sorted()
                .map(name -> new Violation(
                        option + " " + name,
                        "that would not happen to it",
                        "leave the option out, or look at the plan"))
                .toList();
    }
}
