package io.landfall.deploy.release;

import java.time.Instant;
import java.util.Optional;

/** A pod, as its kubelet and its owner change it. */
final class PodModel {

    final String name;
    final String uid;
    final String template;
    final int created;
    boolean terminating;
    Optional<Instant> readySince = Optional.empty();
    Optional<Instant> unreadySince = Optional.empty();
    int restarts;
    Optional<Instant> restartedAt = Optional.empty();

    PodModel(String name, String template, int created) {
        this.name = name;
        this.uid = name + "/" + created;
        this.template = template;
        this.created = created;
    }

    boolean readyFor(int seconds, Instant now) {
        return !terminating
                && readySince
                        .filter(since -> !since.plusSeconds(seconds).isAfter(now))
                        .isPresent();
    }

    PodView view(String present) {
        boolean starts = readySince.isEmpty() && !terminating;
        return new PodView(
                name,
                uid,
                template.equals(present),
                terminating,
                readySince,
                unreadySince,
                restarts,
                restartedAt,
                starts ? Optional.of("not ready") : Optional.empty());
    }
}
