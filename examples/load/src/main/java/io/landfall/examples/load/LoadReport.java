package io.landfall.examples.load;

import java.util.List;
import java.util.Map;

/**
 * What happened to every call of one run: {@code sent == answered + lost}, in the whole and in each second.
 *
 * @param name who called
 * @param startedAtMillis when the first call was due, since the epoch
 * @param sent calls that were due
 * @param answered calls that came back with an answer
 * @param lost all others
 * @param lostByType lost calls by the name of what went wrong
 * @param latency what the caller waited, counted from the moment the call was due
 * @param overhead the same, less the work that was asked for
 * @param seconds one entry for each second in which calls were due, in order
 */
public record LoadReport(
        String name,
        long startedAtMillis,
        long sent,
        long answered,
        long lost,
        Map<String, Long> lostByType,
        Latencies latency,
        Latencies overhead,
        List<Second> seconds) {

    /**
     * The calls that were due in one second.
     *
     * @param second since the epoch
     * @param sent calls due
     * @param lost those that were lost, then or later
     * @param lostByType the same by name
     * @param providers answers by provider
     */
    public record Second(
            long second, long sent, long lost, Map<String, Long> lostByType, Map<String, Long> providers) {}
}
