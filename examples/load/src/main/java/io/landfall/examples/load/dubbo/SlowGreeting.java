package io.landfall.examples.load.dubbo;

import java.util.concurrent.CompletableFuture;

/** Keeps one of Dubbo's worker threads busy for as long as the caller asked: the work of a real service, simulated. */
public final class SlowGreeting implements GreetingService {

    private final String provider;

    /** One that answers with this name. */
    public SlowGreeting(String provider) {
        this.provider = provider;
    }

    @Override
    public CompletableFuture<String> greet(String name, int workMillis) {
        try {
            Thread.sleep(workMillis);
            return CompletableFuture.completedFuture(provider);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(cutShort);
        }
    }
}
