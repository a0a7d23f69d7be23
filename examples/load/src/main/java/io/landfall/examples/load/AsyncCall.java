package io.landfall.examples.load;

import java.util.concurrent.CompletionStage;

/** One way of calling a service. Thread-safe: calls are started from several threads. */
@FunctionalInterface
public interface AsyncCall {

    /**
     * Starts one call and returns at once.
     *
     * @param workMillis how long the provider shall work on it
     * @throws RuntimeException if the call could not even be started; it is counted as lost like any other failure
     */
    CompletionStage<Answer> start(int workMillis);
}
