package io.landfall.deploy.report;

import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.Target.Revision;
import java.util.Optional;
import java.util.function.Function;

/**
 * What of a release people ask for first.
 *
 * @param from what was there; empty: nothing was
 * @param to what is wanted; empty: nothing is
 */
record Change(Optional<String> from, Optional<String> to) {

    static Change image(ReleaseOrder order) {
        return of(order, revision -> Optional.of(revision.image()));
    }

    static Change snapshot(ReleaseOrder order) {
        return of(order, Revision::snapshot);
    }

    static Change replicas(ReleaseOrder order) {
        Optional<String> before = order.previous().map(Revision::replicas).map(String::valueOf);
        Optional<String> after =
                order.target() instanceof Target.Scale scale ? Optional.of(String.valueOf(scale.replicas())) : before;
        return new Change(before, after);
    }

    private static Change of(ReleaseOrder order, Function<Revision, Optional<String>> field) {
        Optional<String> before = order.previous().flatMap(field);
        return new Change(
                before, order.target() instanceof Target.NewRevision target ? field.apply(target.revision()) : before);
    }

    boolean none() {
        return from.equals(to);
    }

    @Override
    public String toString() {
        return from.map(old -> old + " -> ").orElse("") + to.orElse("nothing");
    }
}
