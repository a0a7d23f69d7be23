package io.landfall.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance's place in a registry, for services that register themselves.
 *
 * <pre>{@code
 * Registration registration = Registration.of("orders")
 *         .port(8080)
 *         .in(RegistryUrl.parse("eureka+http://eureka:8761/eureka").open());
 * registration.register();
 * ...
 * registration.close();
 * }</pre>
 *
 * <p>Once registered, a daemon thread keeps it so: it tries again for as long as the registry is away, says that the instance is
 * there as often as the registry wants to hear it, registers anew where the registry forgot it, and follows an external address
 * that changes. Safe for any thread; each method may be called as often as one likes.
 */
public final class Registration implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final ServiceRegistry registry;
    private final InstanceAddress addresses;
    private final RegistryEntry entry;
    private final Duration withdrawWithin;
    private final boolean ownsAddresses;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "landfall-registration");
        made.setDaemon(true);
        return made;
    });
    private @Nullable String lastComplaint;

    // What is wished for; guarded by this.
    private boolean wanted;
    private boolean closed;
    private CompletableFuture<Boolean> gone = CompletableFuture.completedFuture(true);
    private @Nullable ScheduledFuture<?> next;

    /** Finds the address, and may wait for it. */
    Registration(RegistrationBuilder built, ServiceRegistry registry) {
        this.registry = registry;
        addresses = built.addresses();
        entry = new RegistryEntry(registry, built.instance(addresses.id(), addresses.require()));
        withdrawWithin = built.withdrawWithin();
        ownsAddresses = built.readsSettings();
        long lookEvery = built.lookEvery().toMillis();
        // followAddress() says itself what fails.
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::followAddress, lookEvery, lookEvery, TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to describe an instance.
     *
     * @param service the service's name
     */
    public static RegistrationBuilder of(String service) {
        return new RegistrationBuilder(service);
    }

    /**
     * Registers the instance as soon as the registry takes it. Does not wait for that.
     *
     * @throws IllegalStateException if it was closed
     */
    public synchronized void register() {
        if (closed) {
            throw new IllegalStateException("this registration was closed: make another one");
        }
        if (!wanted) {
            wanted = true;
            gone.complete(false);
            schedule(Duration.ZERO);
        }
    }

    /** Whether the registry had the instance when it was last asked. */
    public boolean registered() {
        return entry.in();
    }

    /**
     * Takes the instance out, and waits for that; at most as long as {@link RegistrationBuilder#withdrawWithin(Duration)} says.
     *
     * @return whether it is out. If not, it is taken out later, unless it is registered or closed before; and the registry
     *     forgets it by itself when it hears no more of it
     */
    public boolean withdraw() {
        try {
            return leave().get(withdrawWithin.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            log.warn("{} did not take the entry out within {} ms", registry.place(), withdrawWithin.toMillis());
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Withdraws, and ends the thread. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        boolean out = withdraw();
        synchronized (this) {
            gone.complete(out);
            thread.shutdownNow();
        }
        if (ownsAddresses) {
            addresses.close();
        }
    }

    private synchronized CompletableFuture<Boolean> leave() {
        if (wanted) {
            wanted = false;
            gone = new CompletableFuture<>();
            schedule(Duration.ZERO);
        }
        return gone;
    }

    /** Brings the registry a step nearer to what is wished for. */
    private void step() {
        boolean stay = wanted();
        try {
            if (stay) {
                entry.keep();
                again(true, registry.heartbeat());
            } else {
                entry.remove();
                left();
            }
        } catch (RuntimeException failed) {
            again(stay, registry.pause(entry.failed(failed)));
        }
    }

    private synchronized boolean wanted() {
        return wanted;
    }

    private synchronized void left() {
        if (!wanted) {
            gone.complete(true);
        }
    }

    /** If something else is wished for by now, the next step is due already. */
    private synchronized void again(boolean stayed, Duration pause) {
        if (stayed == wanted && !thread.isShutdown()) {
            schedule(pause);
        }
    }

    private synchronized void schedule(Duration pause) {
        if (next != null) {
            next.cancel(false);
        }
        next = thread.schedule(this::step, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** An injected file may get another address. A scheduler drops what throws. */
    private void followAddress() {
        try {
            addresses.look().filter(address -> !address.equals(entry.address())).ifPresent(this::move);
            lastComplaint = null;
        } catch (RuntimeException e) {
            String complaint = String.valueOf(e.getMessage());
            if (!complaint.equals(lastComplaint)) {
                log.warn("Staying at {}, will look again: {}", entry.address(), complaint);
            }
            lastComplaint = complaint;
        }
    }

    private synchronized void move(ExternalAddress there) {
        entry.moveTo(there);
        if (wanted) {
            schedule(Duration.ZERO);
        }
    }
}
