package io.landfall.deploy.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether the pods of a step are ready.
 *
 * @param at since when; empty: they are not
 * @param next when it may change though nothing happens
 * @param why they are not, in one line
 */
record Readiness(Optional<Instant> at, Optional<Instant> next, String why) {

    static Readiness ready(Instant at) {
        return new Readiness(Optional.of(at), Optional.empty(), "");
    }

    static Readiness not(String why) {
        return new Readiness(Optional.empty(), Optional.empty(), why);
    }

    /** The same, to be looked at again then at the latest. */
    Readiness notAfter(Instant instant) {
        Instant sooner = next.filter(at -> at.isBefore(instant)).orElse(instant);
        return at.isPresent() ? this : new Readiness(at, Optional.of(sooner), why);
    }

    /**
     * Of some pods, so many ready for long enough.
     *
     * @param floor before this nothing of the step was ready
     */
    static Readiness of(Collection<PodView> pods, int wanted, int minReadySeconds, Instant floor, Instant now) {
        List<Instant> instants = pods.stream()
                .flatMap(pod -> pod.readySince().stream())
                .map(since -> since.plus(Duration.ofSeconds(minReadySeconds)))
                .sorted()
                .toList();
        long ready = instants.stream().filter(at -> !at.isAfter(now)).count();
        if (ready >= wanted) {
            Instant last = wanted == 0 ? floor : instants.get(wanted - 1);
            return ready(last.isBefore(floor) ? floor : last);
        }
        Optional<Instant> next = instants.stream().filter(at -> at.isAfter(now)).findFirst();
        return new Readiness(Optional.empty(), next, ready + " of " + wanted + " pods are ready" + trouble(pods));
    }

    private static String trouble(Collection<PodView> pods) {
        return pods.stream()
                .filter(pod -> pod.readySince().isEmpty() && pod.trouble().isPresent())
                .min(Comparator.comparing(PodView::name))
                .map(pod -> "; " + pod.name() + ": " + pod.trouble().orElseThrow())
                .orElse("");
    }
}
