package io.landfall.examples.load;

/**
 * What came back.
 *
 * @param provider the name of the process that did the work
 */
public record Answer(String provider) {}
