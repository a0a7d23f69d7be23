package io.landfall.examples.load;

import java.util.Map;

/**
 * Where a run stands, once a second.
 *
 * @param second the second that just ended, since the epoch
 * @param sent calls made so far
 * @param answered answers so far
 * @param lost losses so far
 * @param inFlight calls that are neither
 * @param providers answers so far to the calls of that second, by provider
 */
public record Progress(long second, long sent, long answered, long lost, int inFlight, Map<String, Long> providers) {}
