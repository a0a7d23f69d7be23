package io.landfall.examples.quickstart.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which part of the calls each provider answered while nothing was being released.
 *
 * @param before provider to share, from 0 to 1, before the release began
 * @param after the same once it was over
 */
public record Shares(Map<String, Double> before, Map<String, Double> after) {

    /** Turns counts into shares; a provider that was expected and answered nothing has the share 0. */
    public static Map<String, Double> of(Collection<String> expected, Map<String, Long> answers) {
        long all = answers.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        expected.forEach(provider -> shares.put(provider, 0.0));
        answers.forEach((provider, n) -> shares.put(provider, all == 0 ? 0.0 : (double) n / all));
        return shares;
    }

    /** What each of the providers would answer if all were alike. */
    public static double ideal(Map<String, Double> shares) {
        return 1.0 / shares.size();
    }

    /** The largest |share − ideal| / ideal of any provider, before or after. */
    public double maxShareDeviation() {
        return Math.max(maxDeviation(before), maxDeviation(after));
    }

    private static double maxDeviation(Map<String, Double> shares) {
        double ideal = ideal(shares);
        return shares.values().stream()
                .mapToDouble(share -> Math.abs(share - ideal) / ideal)
                .max()
                .orElse(0);
    }
}
