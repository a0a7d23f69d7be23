package io.landfall.examples.quickstart.report;

import java.util.List;

/**
 * The whole job's.
 *
 * @param startedAt ISO-8601
 * @param tookSeconds from the first check to the last run's end
 * @param balancer how new connections were given to pods
 * @param java the version that ran everything
 * @param processors how many the machine has
 * @param runs in the order they ran
 * @param problems runs that could not be finished, one sentence each
 */
public record Result(
        String startedAt,
        double tookSeconds,
        String balancer,
        String java,
        int processors,
        List<RunResult> runs,
        List<String> problems) {

    /** Whether what Landfall promises was seen, as far as it was asked for. */
    public boolean holds() {
        return problems.isEmpty()
                && runs.stream()
                        .filter(run -> run.mode().equals("landfall"))
                        .allMatch(run -> run.totals().lost() == 0);
    }
}
