package io.landfall.registry.dubbo;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.registry.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one registry has been given by this process. A provider that was withdrawn before its entries were made is never
 * entered. Safe for any thread.
 */
final class Entered implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Entered.class);
    private static final String DUBBO = CommonConstants.DUBBO_PROTOCOL;
    /** A kubelet brings a changed file after a minute or more. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Registry registry;
    private final Supplier<ProviderEntries> howToEnter;
    private volatile @Nullable ProviderEntries entries;
    private final Admission admission;
    private final Evenness evenness;
    private final Map<URL, Wanted> wanted = new ConcurrentHashMap<>();
    private final Retry untilEntered = Retry.of("landfall-register", patience());
    private final ScheduledExecutorService registrar = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "landfall-register");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable String lastComplaint;

    /**
     * Nothing is entered yet.
     *
     * @param howToEnter is asked when the first provider comes: who only calls others needs no external address
     */
    Entered(Registry registry, Supplier<ProviderEntries> howToEnter, Admission admission, Evenness evenness) {
        this.registry = registry;
        this.howToEnter = howToEnter;
        this.admission = admission;
        this.evenness = evenness;
    }

    /**
     * Enters a provider: at once, or behind a balancer when it may route here.
     *
     * @throws IllegalStateException if there is no external address and the settings do not allow that
     */
    void enter(URL provider) {
        ProviderEntries rules = rules();
        Wanted made = new Wanted(rules.entriesOf(provider));
        wanted.put(provider, made);
        rules.refuseTooMany(wanted.keySet().stream()
                .filter(url -> DUBBO.equals(url.getProtocol()))
                .count());
        if (rules.behindBalancer()) {
            made.entries.forEach(entry -> ProviderEntries.tokenOf(entry).ifPresent(admission::entered));
            admission.whenRouted(() -> enterLater(provider, made));
        } else {
            made.entries.forEach(registry::register);
        }
    }

    private synchronized ProviderEntries rules() {
        ProviderEntries known = entries;
        if (known == null) {
            known = howToEnter.get();
            entries = known;
            if (known.behindBalancer()) {
                // followAddress() says itself what fails.
                ScheduledFuture<?> unused = registrar.scheduleWithFixedDelay(
                        this::followAddress, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        return known;
    }

    /**
     * Takes a provider's entries out again. They are gone from the registry when this returns; those that consumers' connections of
     * the dubbo protocol hang on, when a drain that is under way has seen those consumers elsewhere.
     */
    synchronized void withdraw(URL provider) {
        Wanted made = wanted.remove(provider);
        if (made == null) {
            return;
        }
        Runnable withdrawal = () -> {
            made.entries.forEach(registry::unregister);
            log.info("Withdrew {} from {}", provider.getServiceKey(), made.where());
            evenness.withdrawn(provider);
        };
        if (DUBBO.equals(provider.getProtocol()) && rules().behindBalancer()) {
            admission.whenLeft(withdrawal);
        } else {
            withdrawal.run();
        }
    }

    @Override
    public void close() {
        wanted.clear();
        registrar.shutdownNow();
        ProviderEntries known = entries;
        if (known != null) {
            known.followNoLonger();
        }
    }

    private void enterLater(URL provider, Wanted made) {
        try {
            registrar.execute(() -> Retry.decorateRunnable(untilEntered, () -> enterIfWanted(provider, made))
                    .run());
        } catch (RejectedExecutionException closed) {
            log.debug("The registry is closed: {} is not entered", provider.getServiceKey());
        }
    }

    private synchronized void enterIfWanted(URL provider, Wanted made) {
        if (wanted.get(provider) != made || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            made.entries.forEach(registry::register);
            made.entered = true;
            log.info(
                    "Registered {} at {} with {} entries", provider.getServiceKey(), made.where(), made.entries.size());
        } catch (RuntimeException e) {
            log.warn("Registering {} failed, will try again: {}", provider.getServiceKey(), e.getMessage());
            throw e;
        }
        // Triple has one connection for all entries of an address.
        if (DUBBO.equals(provider.getProtocol()) && rules().evensConnections()) {
            evenness.entered(registry, provider, made.entries.size());
        }
    }

    /** An injected file may get another address. A scheduler drops what throws. */
    private void followAddress() {
        try {
            rules().changed().ifPresent(this::move);
            lastComplaint = null;
        } catch (RuntimeException e) {
            String complaint = String.valueOf(e.getMessage());
            if (!complaint.equals(lastComplaint)) {
                log.warn("Staying at {}, will look again: {}", rules().where(), complaint);
            }
            lastComplaint = complaint;
        }
    }

    /** Makes before it breaks; what fails on the way is tried again from the start, which does no harm. */
    private synchronized void move(ProviderEntries there) {
        log.info("The external address has changed from {} to {}: moving", rules().where(), there.where());
        Map<Wanted, List<URL>> moved = new LinkedHashMap<>();
        wanted.forEach((provider, made) -> moved.put(made, there.entriesOf(provider)));
        moved.forEach((made, urls) -> {
            if (made.entered) {
                urls.forEach(registry::register);
            }
        });
        moved.forEach((made, urls) -> {
            if (made.entered) {
                made.entries.forEach(registry::unregister);
            }
            made.entries = urls;
        });
        entries = there;
    }

    /** What is registered for one provider, or will be; equal to itself only. Guarded by the enclosing object. */
    private static final class Wanted {
        private List<URL> entries;
        private boolean entered;

        Wanted(List<URL> entries) {
            this.entries = entries;
        }

        String where() {
            return entries.get(0).getAddress();
        }
    }

    static RetryConfig patience() {
        return RetryConfig.custom()
                .maxAttempts(Integer.MAX_VALUE)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                .build();
    }
}
