package io.landfall.examples.quickstart.report;

/**
 * Something that was done.
 *
 * @param atMillis since the epoch
 * @param what in a few words
 */
public record Moment(long atMillis, String what) {}
