package io.landfall.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What was promised of a call, and whether these measurements keep it. */
final class CallCost {

    static final double MOST_NANOS = 300;
    static final double MOST_BYTES = 64;
    /** The end of the name of what is measured with us; the rest is the name of the same without us. */
    static final String OURS = "WithLandfall";

    private CallCost() {}

    static List<String> broken(List<Measurement> measurements) {
        List<String> broken = new ArrayList<>();
        List<Measurement> ours =
                measurements.stream().filter(m -> m.name().endsWith(OURS)).toList();
        if (ours.isEmpty()) {
            broken.add("nothing was measured");
        }
        ours.forEach(with -> check(with, without(with, measurements), broken));
        return broken;
    }

    private static void check(Measurement with, Measurement without, List<String> broken) {
        double nanos = with.nanosPerCall() - without.nanosPerCall();
        if (!(nanos <= MOST_NANOS)) {
            broken.add("%s, %d thread(s): %.0f ns more".formatted(with.name(), with.threads(), nanos));
        }
        double bytes = with.bytesPerCall() - without.bytesPerCall();
        // The profiler divides by what it counted, and is off by a trifle.
        if (!(bytes <= MOST_BYTES + 0.5)) {
            broken.add("%s, %d thread(s): %.0f B more".formatted(with.name(), with.threads(), bytes));
        }
    }

    private static Measurement without(Measurement with, List<Measurement> measurements) {
        String name = with.name().replace(OURS, "");
        return measurements.stream()
                .filter(m -> m.name().equals(name) && m.threads() == with.threads())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(name + " was not measured with " + with.threads() + " threads"));
    }
}
