package io.landfall.registry.dubbo;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one registry has been given by this process, and what has to stand there. A provider that was withdrawn before its entries
 * were made is never entered. Safe for any thread.
 */
final class Entered implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Entered.class);
    private static final String DUBBO = CommonConstants.DUBBO_PROTOCOL;
    /** A kubelet brings a changed file after a minute or more. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Registrar registrar;
    private final Supplier<ProviderEntries> howToEnter;
    private volatile @Nullable ProviderEntries entries;
    private final Admission admission;
    private final Evenness evenness;
    private final Map<URL, Wanted> wanted = new ConcurrentHashMap<>();
    private final Retry untilEntered = Retry.of("landfall-register", patience());
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "landfall-register");
        made.setDaemon(true);
        return made;
    });
    private final Namesakes namesakes;
    private @Nullable String lastComplaint;

    /**
     * Nothing is entered yet.
     *
     * @param howToEnter is asked when the first provider comes: who only calls others needs no external address
     */
    Entered(Registrar registrar, Supplier<ProviderEntries> howToEnter, Admission admission, Evenness evenness) {
        this.registrar = registrar;
        this.howToEnter = howToEnter;
        this.admission = admission;
        this.evenness = evenness;
        this.namesakes = new Namesakes(registrar, thread);
    }

    /**
     * Enters a provider: at once, or behind a balancer when it may route here.
     *
     * @throws IllegalStateException if there is no external address and the settings do not allow that
     */
    void enter(URL provider) {
        ProviderEntries rules = rules();
        Wanted made = new Wanted(rules.entriesOf(provider));
        refuseAnotherPortThere(provider, made);
        wanted.put(provider, made);
        rules.refuseTooMany(wanted.keySet().stream()
                .filter(url -> DUBBO.equals(url.getProtocol()))
                .count());
        if (rules.behindBalancer()) {
            made.entries().forEach(entry -> ProviderEntries.tokenOf(entry).ifPresent(admission::entered));
            admission.whenRouted(() -> enterLater(provider, made));
        } else {
            made.trying();
            made.entries().forEach(registrar.registry()::register);
        }
    }

    /** An address with a port leads to one port of the pod: calls for another one would arrive there, and fail. */
    private void refuseAnotherPortThere(URL provider, Wanted made) {
        wanted.forEach((other, there) -> {
            if (other.getPort() != provider.getPort() && there.where().equals(made.where())) {
                throw new IllegalStateException("Ports " + other.getPort() + " and " + provider.getPort()
                        + " of this pod would both be " + made.where()
                        + " outside. Name the port outside of each protocol in landfall.registry.ports, as in "
                        + other.getProtocol() + ":30880," + provider.getProtocol() + ":30051");
            }
        });
    }

    private synchronized ProviderEntries rules() {
        ProviderEntries known = entries;
        if (known == null) {
            known = howToEnter.get();
            entries = known;
            if (known.behindBalancer()) {
                every(LOOK_EVERY, this::followAddress);
                every(registrar.untilDubboGivesUp(), this::bringBackWhatIsGone);
            }
        }
        return known;
    }

    /** What is done says itself what fails: a scheduler drops what throws. Not at once, nor in all pods at the same moment. */
    private void every(Duration period, Runnable action) {
        long millis = period.toMillis();
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                action, millis + ThreadLocalRandom.current().nextLong(millis / 4), millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes a provider's entries out again. They are gone from the registry when this returns; those that consumers' connections of
     * the dubbo protocol hang on, when a drain that is under way has seen those consumers elsewhere.
     *
     * @throws IllegalStateException saying what is wrong with the registry
     */
    void withdraw(URL provider) {
        // Before the lock: a registration that is being tried meanwhile is the last one.
        Wanted made = wanted.remove(provider);
        if (made != null) {
            takeOut(provider, made);
        }
    }

    private synchronized void takeOut(URL provider, Wanted made) {
        if (!made.tried()) {
            return;
        }
        Runnable withdrawal = () -> {
            made.entries().forEach(registrar::unregister);
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
        thread.shutdownNow();
        ProviderEntries known = entries;
        if (known != null) {
            known.followNoLonger();
        }
    }

    /** Between two tries others have their turn: a registry may refuse one service and take the next. */
    private void enterLater(URL provider, Wanted made) {
        try {
            CompletionStage<Void> unused = untilEntered.executeCompletionStage(
                    thread, () -> CompletableFuture.runAsync(() -> enterIfWanted(provider, made), thread));
        } catch (RejectedExecutionException closed) {
            log.debug("The registry is closed: {} is not entered", provider.getServiceKey());
        }
    }

    private synchronized void enterIfWanted(URL provider, Wanted made) {
        if (wanted.get(provider) != made || Thread.currentThread().isInterrupted()) {
            return;
        }
        boolean again = made.tried();
        boolean first = !made.entered();
        made.trying();
        try {
            made.entries().forEach(again ? registrar::registerAgain : registrar::register);
        } catch (RuntimeException e) {
            complain(provider, made, String.valueOf(e.getMessage()));
            throw e;
        }
        made.nowEntered(made.entries().stream().allMatch(registrar::has));
        log.info(
                "Registered {} at {} with {} entries",
                provider.getServiceKey(),
                made.where(),
                made.entries().size());
        namesakes.lookBeside(made.entries().get(0));
        // Triple has one connection for all entries of an address.
        if (first && DUBBO.equals(provider.getProtocol()) && rules().evensConnections()) {
            evenness.entered(registrar.registry(), provider, made.entries().size());
        }
    }

    private static void complain(URL provider, Wanted made, String problem) {
        if (made.complains(problem)) {
            log.warn(
                    "Registering {} fails, and is tried again until it does not: {}",
                    provider.getServiceKey(),
                    problem);
        }
    }

    /**
     * Dubbo itself brings back what a lost session took along, and gives up after three tries, or when the folders of a ZooKeeper
     * are lost too. By this thread only, as everything that makes entries.
     */
    private void bringBackWhatIsGone() {
        wanted.forEach((provider, made) -> {
            try {
                if (made.watched() && made.hasVanished(made.entries().stream().anyMatch(registrar::lacks))) {
                    log.warn("{} is gone from {}: registering it again", provider.getServiceKey(), registrar.name());
                    enterLater(provider, made);
                }
            } catch (RuntimeException e) {
                log.debug("{} could not be looked at: {}", registrar.name(), Reason.of(e));
            }
        });
    }

    /** An injected file may get another address. */
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

    /**
     * Makes before it breaks; what fails on the way is tried again from the start, and what has moved by then stays. What was tried and
     * is not entered yet goes too: Dubbo would bring it back with the next session.
     */
    private synchronized void move(ProviderEntries there) {
        log.info("The external address has changed from {} to {}: moving", rules().where(), there.where());
        Map<Wanted, List<URL>> moved = new LinkedHashMap<>();
        wanted.forEach((provider, made) -> moved.put(made, there.entriesOf(provider)));
        moved.forEach((made, urls) -> {
            if (made.entered()) {
                without(urls, made.entries()).forEach(registrar::register);
            }
        });
        moved.forEach((made, urls) -> {
            if (made.tried()) {
                without(made.entries(), urls).forEach(registrar::unregister);
            }
            made.movedTo(urls, made.entered() && urls.stream().allMatch(registrar::has));
        });
        entries = there;
    }

    private static List<URL> without(List<URL> urls, List<URL> others) {
        return urls.stream().filter(url -> !others.contains(url)).toList();
    }

    static RetryConfig patience() {
        return RetryConfig.custom()
                .maxAttempts(Integer.MAX_VALUE)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                .build();
    }
}
