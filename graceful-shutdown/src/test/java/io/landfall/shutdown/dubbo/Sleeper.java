package io.landfall.shutdown.dubbo;

import java.util.concurrent.CompletableFuture;

/** What the tests call. */
public interface Sleeper {

    /** Answers after a time, on the provider's thread. */
    String sleep(String name, long millis);

    /** Answers after a time, from another thread. */
    CompletableFuture<String> sleepAside(String name, long millis);
}
