package io.landfall.examples.load.dubbo;

import java.util.concurrent.CompletableFuture;

/** The service that is called; what a team would publish as its API jar. */
public interface GreetingService {

    /**
     * Works for a while and answers.
     *
     * <p>It returns a future so that a consumer can have many calls in flight without a thread for each; a provider may
     * well answer from the calling thread.
     *
     * @param name who calls
     * @param workMillis for how long the provider works on this call
     * @return the name of the process that did the work
     */
    CompletableFuture<String> greet(String name, int workMillis);
}
