package io.landfall.shutdown;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something to do before the first caller comes: load classes, fill a pool, make a first call.
 *
 * <p>A Spring application declares beans of this type, a plain one lists them for {@link java.util.ServiceLoader}. All of
 * them have returned before the service is ready, and so before it is registered.
 */
@FunctionalInterface
public interface WarmUp {

    /**
     * Does it, on the thread that starts the application.
     *
     * @throws Exception logged; the service becomes ready all the same, only colder
     */
    void run() throws Exception;

    /** What the log calls it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Runs each, one after the other. */
    static void runAll(List<WarmUp> warmUps) {
        Logger log = LoggerFactory.getLogger(WarmUp.class);
        for (WarmUp warmUp : warmUps) {
            long begin = System.nanoTime();
            try {
                warmUp.run();
                log.info(
                        "Warm-up {} took {} ms",
                        warmUp.name(),
                        Duration.ofNanos(System.nanoTime() - begin).toMillis());
            } catch (Exception e) {
                log.warn("Warm-up {} failed, the service starts cold: {}", warmUp.name(), e.toString());
            }
        }
    }
}
