package io.landfall.deploy.release;

import io.landfall.deploy.model.RollingUpdate;
import io.landfall.deploy.model.RollingUpdate.ReplicaSet;
import io.landfall.deploy.release.WorkloadView.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A Deployment: its controller goes by what ReplicaSets' statuses say, and their controller writes these when its turn comes. */
final class DeploymentModel extends WorkloadModel {

    List<ReplicaSet> sets = new ArrayList<>();

    DeploymentModel(WorkloadName name, String template, int replicas, Fields fields) {
        super(name, template, replicas, fields);
    }

    @Override
    boolean controllerPass(Instant now) {
        RollingUpdate.Spec spec = new RollingUpdate.Spec(
                replicas,
                template,
                fields.minReadySeconds(),
                fields.maxSurge(),
                fields.maxUnavailable(),
                fields.paused());
        List<ReplicaSet> after = RollingUpdate.pass(spec, sets);
        boolean changes = !after.equals(sets) || observed != generation;
        sets = new ArrayList<>(after);
        observed = generation;
        return changes;
    }

    /** One pass of the ReplicaSets' controller over one of them: the status says what there was before it did something. */
    boolean replicaSetPass(int at, Instant now) {
        ReplicaSet set = sets.get(at);
        List<PodModel> owned = living().stream()
                .filter(pod -> pod.template.equals(set.template()))
                .toList();
        int available = (int) owned.stream()
                .filter(pod -> pod.readyFor(set.minReadySeconds(), now))
                .count();
        ReplicaSet after = new ReplicaSet(
                set.template(),
                set.created(),
                set.replicas(),
                available,
                set.minReadySeconds(),
                set.desired(),
                set.most());
        sets.set(at, after);
        return manage(set, owned) || !after.equals(set);
    }

    private boolean manage(ReplicaSet set, List<PodModel> owned) {
        for (int more = owned.size(); more < set.replicas(); more++) {
            create(nextName(), set.template());
        }
        owned.stream()
                .sorted(firstToGo())
                .limit(Math.max(0, owned.size() - set.replicas()))
                .forEach(this::terminate);
        return owned.size() != set.replicas();
    }

    private static Comparator<PodModel> firstToGo() {
        Comparator<PodModel> unreadyFirst = Comparator.comparing(pod -> pod.readySince.isPresent());
        return unreadyFirst.thenComparing(
                Comparator.comparingInt((PodModel pod) -> pod.created).reversed());
    }

    /** Its status is a pass behind at most: the model writes it together with what it observes. */
    @Override
    int available() {
        return sets.stream()
                .filter(set -> set.template().equals(template))
                .mapToInt(set -> set.minReadySeconds() == fields.minReadySeconds() ? set.available() : set.replicas())
                .sum();
    }

    int size(String of) {
        return sets.stream()
                .filter(set -> set.template().equals(of))
                .mapToInt(ReplicaSet::replicas)
                .sum();
    }

    int size() {
        return sets.stream().mapToInt(ReplicaSet::replicas).sum();
    }
}
