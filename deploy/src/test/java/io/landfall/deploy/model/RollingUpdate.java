package io.landfall.deploy.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pass of the Deployment's controller over a Deployment with a rolling update: what it does to the ReplicaSets. It follows
 * {@code pkg/controller/deployment} of Kubernetes 1.20 to 1.36 ({@code sync.go}, {@code rolling.go}, {@code util/deployment_util.go}), names
 * included. Only the status of ReplicaSets, which another controller writes, is an input: so old statuses can be tried.
 */
public final class RollingUpdate {

    private static final double ALL = 100;

    private final Spec spec;
    private final List<Set> sets;

    private RollingUpdate(Spec spec, List<ReplicaSet> sets) {
        this.spec = spec;
        this.sets = new ArrayList<>(sets.stream().map(Set::new).toList());
    }

    /** As a Deployment has it. */
    public record Spec(
            int replicas,
            String template,
            int minReadySeconds,
            String maxSurge,
            String maxUnavailable,
            boolean paused) {}

    /**
     * A ReplicaSet.
     *
     * @param template whose it is
     * @param created a number that is higher for later ones
     * @param replicas how many pods it is to have
     * @param available as its status says, however old that is
     * @param minReadySeconds what its controller goes by
     * @param desired the annotation {@code desired-replicas}
     * @param most the annotation {@code max-replicas}
     */
    public record ReplicaSet(
            String template, int created, int replicas, int available, int minReadySeconds, int desired, int most) {}

    /** The ReplicaSets after one pass. */
    public static List<ReplicaSet> pass(Spec spec, List<ReplicaSet> sets) {
        RollingUpdate update = new RollingUpdate(spec, sets);
        update.sync();
        return update.sets.stream().map(Set::asRecord).toList();
    }

    private void sync() {
        Optional<Set> present = find();
        present.ifPresent(set -> set.minReadySeconds = spec.minReadySeconds());
        if (spec.paused() || isScalingEvent()) {
            scale(present);
        } else {
            rollout(present.orElseGet(this::create));
        }
    }

    private Optional<Set> find() {
        return sets.stream().filter(set -> set.template.equals(spec.template())).findFirst();
    }

    private boolean isScalingEvent() {
        return active().anyMatch(set -> set.desired != spec.replicas());
    }

    private Stream<Set> active() {
        return sets.stream().filter(set -> set.replicas > 0);
    }

    private Set create() {
        int latest = sets.stream().mapToInt(set -> set.created).max().orElse(0);
        Set created = new Set(new ReplicaSet(
                spec.template(), latest + 1, 0, 0, spec.minReadySeconds(), spec.replicas(), spec.replicas() + surge()));
        sets.add(created);
        created.replicas = newReplicas(created);
        return created;
    }

    // scale(): all of the same kind get their part of what is added or taken.
    private void scale(Optional<Set> present) {
        Optional<Set> only = activeOrLatest(present);
        if (only.isPresent()) {
            resize(only.get(), spec.replicas());
        } else if (present.filter(this::saturated).isPresent()) {
            active().filter(set -> !set.template.equals(spec.template()))
                    .toList()
                    .forEach(set -> resize(set, 0));
        } else if (!sets.isEmpty()) {
            proportionally();
        }
    }

    private Optional<Set> activeOrLatest(Optional<Set> present) {
        List<Set> active = active().toList();
        if (active.size() > 1) {
            return Optional.empty();
        }
        return active.isEmpty()
                ? present.or(() -> sets.stream().max(Comparator.comparingInt(set -> set.created)))
                : Optional.of(active.get(0));
    }

    private boolean saturated(Set set) {
        return set.replicas == spec.replicas() && set.desired == spec.replicas() && set.available == spec.replicas();
    }

    private void proportionally() {
        int allowed = spec.replicas() > 0 ? spec.replicas() + surge() : 0;
        int toAdd = allowed - total();
        List<Set> bySize = active().sorted(bySize(toAdd)).toList();
        int added = 0;
        List<Integer> sizes = new ArrayList<>();
        for (Set set : bySize) {
            int part = proportion(set, toAdd, added);
            sizes.add(set.replicas + part);
            added += part;
        }
        if (toAdd != 0) {
            sizes.set(0, Math.max(0, sizes.get(0) + toAdd - added));
        }
        for (int at = 0; at < bySize.size(); at++) {
            bySize.get(at).replicas = sizes.get(at);
            annotate(bySize.get(at));
        }
    }

    /** The larger first; of two that are alike the newer one grows first, and the older one shrinks first. */
    private static Comparator<Set> bySize(int toAdd) {
        Comparator<Set> larger =
                Comparator.comparingInt((Set set) -> set.replicas).reversed();
        Comparator<Set> older = Comparator.comparingInt(set -> set.created);
        return larger.thenComparing(toAdd > 0 ? older.reversed() : older);
    }

    private int proportion(Set set, int toAdd, int added) {
        if (toAdd == 0 || toAdd == added) {
            return 0;
        }
        int fraction = fraction(set);
        return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
    }

    private int fraction(Set set) {
        if (spec.replicas() == 0) {
            return -set.replicas;
        }
        double size = (double) (set.replicas * (spec.replicas() + surge())) / set.most;
        return (int) (size + 0.5) - set.replicas;
    }

    // rolloutRolling(): up if it can, otherwise down if it can.
    private void rollout(Set present) {
        if (present.replicas != spec.replicas()) {
            int wanted = present.replicas > spec.replicas() ? spec.replicas() : newReplicas(present);
            if (resize(present, wanted)) {
                return;
            }
        }
        List<Set> old = active().filter(set -> set != present)
                .sorted(Comparator.comparingInt(set -> set.created))
                .toList();
        down(present, old);
    }

    private int newReplicas(Set present) {
        int most = spec.replicas() + surge();
        int total = total();
        return total >= most
                ? present.replicas
                : present.replicas + Math.min(most - total, spec.replicas() - present.replicas);
    }

    private void down(Set present, List<Set> old) {
        int minAvailable = spec.replicas() - unavailable();
        int mostDown = total() - minAvailable - (present.replicas - present.available);
        if (old.isEmpty() || mostDown <= 0) {
            return;
        }
        if (!cleanupUnhealthy(old, mostDown)) {
            return;
        }
        int left =
                present.available + old.stream().mapToInt(set -> set.available).sum() - minAvailable;
        for (Set set : old) {
            if (left > 0 && set.replicas > 0) {
                int down = Math.min(set.replicas, left);
                resize(set, set.replicas - down);
                left -= down;
            }
        }
    }

    /** Returns false for a status that says more than there is: the real one fails, and comes again later. */
    private boolean cleanupUnhealthy(List<Set> old, int most) {
        int left = most;
        for (Set set : old) {
            if (left > 0 && set.available > set.replicas) {
                return false;
            }
            int down = Math.min(left, set.replicas - set.available);
            if (down > 0) {
                resize(set, set.replicas - down);
                left -= down;
            }
        }
        return true;
    }

    private boolean resize(Set set, int size) {
        if (set.replicas == size) {
            return false;
        }
        set.replicas = size;
        annotate(set);
        return true;
    }

    private void annotate(Set set) {
        set.desired = spec.replicas();
        set.most = spec.replicas() + surge();
    }

    private int total() {
        return sets.stream().mapToInt(set -> set.replicas).sum();
    }

    private int surge() {
        return resolved(spec.maxSurge(), true);
    }

    private int unavailable() {
        int unavailable = resolved(spec.maxUnavailable(), false);
        if (spec.replicas() == 0) {
            return 0;
        }
        return surge() == 0 && unavailable == 0 ? 1 : Math.min(unavailable, spec.replicas());
    }

    private int resolved(String number, boolean up) {
        if (!number.endsWith("%")) {
            return Integer.parseInt(number);
        }
        double exact = Integer.parseInt(number.substring(0, number.length() - 1)) * spec.replicas() / ALL;
        return (int) (up ? Math.ceil(exact) : Math.floor(exact));
    }

    private static final class Set {

        private final String template;
        private final int created;
        private final int available;
        private int replicas;
        private int minReadySeconds;
        private int desired;
        private int most;

        Set(ReplicaSet set) {
            template = set.template();
            created = set.created();
            available = set.available();
            replicas = set.replicas();
            minReadySeconds = set.minReadySeconds();
            desired = set.desired();
            most = set.most();
        }

        ReplicaSet asRecord() {
            return new ReplicaSet(template, created, replicas, available, minReadySeconds, desired, most);
        }
    }
}
