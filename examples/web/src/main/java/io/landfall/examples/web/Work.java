package io.landfall.examples.web;

/** What a request waits for. */
@FunctionalInterface
interface Work {

    /** Returns when it is done. */
    void take(long millis) throws Exception;
}
