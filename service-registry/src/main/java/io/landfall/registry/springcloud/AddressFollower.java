package io.landfall.registry.springcloud;

import io.landfall.registry.ExternalAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Looks every five seconds whether the external address is another one, and moves the application's entries to it.
 *
 * <p>Runs from when the application has started until it stops, on a daemon thread. What fails is tried again at the next look.
 */
final class AddressFollower implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AddressFollower.class);
    /** A kubelet brings a changed file after a minute or more, and looking costs a read of one line. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final ConfigurableEnvironment environment;
    private final ObjectProvider<RegistryEntry> entries;
    private final List<RegistryEntry> toMove = new ArrayList<>();
    private final Map<String, String> complaints = new HashMap<>();
    private volatile AddressProperties known;
    private boolean portReplaced;
    private volatile @Nullable ScheduledExecutorService worker;

    /**
     * Nothing is looked at yet.
     *
     * @param told what the environment has
     */
    AddressFollower(
            AddressProperties told, ConfigurableEnvironment environment, ObjectProvider<RegistryEntry> entries) {
        this.environment = environment;
        this.entries = entries;
        this.known = told;
        this.portReplaced = known.address().port().isPresent();
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "landfall-follow-address");
            thread.setDaemon(true);
            return thread;
        });
        // look() says itself what fails.
        ScheduledFuture<?> unused = fresh.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        worker = fresh;
    }

    /** Does not wait for a registry that does not answer. */
    @Override
    public void stop() {
        ScheduledExecutorService running = worker;
        if (running != null) {
            running.shutdownNow();
        }
        worker = null;
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    @Override
    public void destroy() {
        known.followNoLonger();
    }

    /** Looks once. */
    synchronized void look() {
        attempt("Looking for the external address", this::follow);
        toMove.removeIf(entry -> attempt("Moving the entry in " + entry.registry(), () -> move(entry)));
    }

    private boolean follow() {
        known.changed().ifPresent(there -> {
            environment.getPropertySources().replace(AddressProperties.NAME, there);
            log.info("The external address has changed from {} to {}: moving", known.address(), there.address());
            known = there;
            portReplaced |= there.address().port().isPresent();
            expectMoves();
        });
        return true;
    }

    private void expectMoves() {
        toMove.clear();
        entries.orderedStream().filter(RegistryEntry::exists).forEach(toMove::add);
        if (toMove.isEmpty()) {
            log.warn(
                    "Landfall can move no entry of this application's registry: it gets the address at the next start");
        }
    }

    private boolean move(RegistryEntry entry) {
        boolean moved = entry.moveTo(target());
        if (moved) {
            log.info("The entry in {} has moved to {}", entry.registry(), known.address());
        }
        return moved;
    }

    /** Where an outside port was registered and there is none any more, the container's counts again. */
    private ExternalAddress target() {
        ExternalAddress address = known.address();
        Integer container = environment.getProperty("local.server.port", Integer.class);
        return address.port().isPresent() || !portReplaced || container == null ? address : address.withPort(container);
    }

    /** One line for one kind of failure. */
    private boolean attempt(String what, BooleanSupplier action) {
        try {
            boolean done = action.getAsBoolean();
            complaints.remove(what);
            return done;
        } catch (RuntimeException e) {
            String complaint = String.valueOf(e.getMessage());
            if (!complaint.equals(complaints.put(what, complaint))) {
                log.warn("{} failed, will try again: {}", what, complaint);
            }
            return false;
        }
    }
}
