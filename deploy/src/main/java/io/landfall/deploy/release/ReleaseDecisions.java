package io.landfall.deploy.release;

import java.util.Optional;

/** What an engine does next. It follows from what is there, and from nothing else: who asks twice gets the same answer. */
public final class ReleaseDecisions {

    private ReleaseDecisions() {}

    /** What is next. Nothing is changed by asking, so anybody may ask why a release waits. */
    public static Decision decide(Situation situation) {
        if (situation.stored().outcome().isPresent()) {
            return Situation.waiting("it has ended");
        }
        return situation.view().map(view -> decide(situation, view)).orElseGet(() -> new Absence(situation).decide());
    }

    private static Decision decide(Situation situation, WorkloadView view) {
        String id = situation.order().id();
        Optional<WorkloadView.LastOrder> ended =
                view.lastOrder().filter(last -> last.order().equals(id));
        Optional<Progress> running =
                view.progress().filter(progress -> progress.order().equals(id));
        if (view.progress().map(Progress::epoch).orElse(0L) > situation.epoch()) {
            return Situation.waiting("an engine that was elected later goes on with it");
        }
        if (ended.isPresent()) {
            return situation.conclude(ended.get().result(), ended.get().message());
        }
        Course course = course(situation, view);
        return running.map(progress -> new Running(situation, view, progress, course).decide())
                .orElseGet(() -> new Beginning(situation, view, course).decide());
    }

    private static Course course(Situation situation, WorkloadView view) {
        if (situation.scales()) {
            return new ScaleCourse(situation, view);
        }
        return situation.order().workload().kind() == WorkloadName.Kind.DEPLOYMENT
                ? new DeploymentCourse(situation, view)
                : new StatefulSetCourse(situation, view);
    }
}
