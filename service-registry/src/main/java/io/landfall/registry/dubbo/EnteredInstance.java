package io.landfall.registry.dubbo;

import io.github.resilience4j.retry.Retry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.metadata.MetadataInfo;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.metadata.ServiceInstanceMetadataUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instance that one registry has of this process at application level: what {@link Entered} is for interfaces.
 *
 * <p>Dubbo collects providers, registers one instance that has them all, and looks every second whether that must change. Below a
 * wildcard name this waits until a balancer may route here. An application that provides nothing, or registers its own address,
 * is left to Dubbo. Safe for any thread.
 */
final class EnteredInstance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EnteredInstance.class);

    private final ServiceDiscovery discovery;
    private final Supplier<Optional<InstanceEntry>> howToEnter;
    private final Admission admission;
    private final Evenness evenness;
    private final Map<URL, URL> outside = new HashMap<>();
    private final Retry untilEntered = Retry.of("landfall-register-instance", Entered.patience());
    private final ExecutorService registrar = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "landfall-register-instance");
        thread.setDaemon(true);
        return thread;
    });
    private boolean knowsHow;
    /** Null: by the application's own address, or not known yet. */
    private @Nullable InstanceEntry entry;
    /** A provider whose consumers' connections the instance carries. */
    private @Nullable URL overDubbo;

    private State state = State.OUT;

    private enum State {
        /** Dubbo has not asked for it, or not again. */
        OUT,
        /** Dubbo has asked. */
        ASKED,
        /** The balancer has been asked, too. */
        WANTED,
        IN
    }

    /**
     * Nothing is entered yet.
     *
     * @param howToEnter is asked when the first provider comes: who only calls others needs no external address
     */
    EnteredInstance(
            ServiceDiscovery discovery,
            Supplier<Optional<InstanceEntry>> howToEnter,
            Admission admission,
            Evenness evenness) {
        this.discovery = discovery;
        this.howToEnter = howToEnter;
        this.admission = admission;
        this.evenness = evenness;
    }

    /**
     * Adds a provider to the instance.
     *
     * @throws IllegalStateException if there is no external address, or one that pods share, and the settings do not allow that
     */
    synchronized void add(URL provider) {
        InstanceEntry rules = rules();
        if (rules == null) {
            discovery.register(provider);
            return;
        }
        URL there = rules.at(provider);
        outside.put(provider, there);
        if (CommonConstants.DUBBO_PROTOCOL.equals(there.getProtocol())) {
            overDubbo = there;
            admission.entered(rules.id());
        }
        discovery.register(there);
    }

    private @Nullable InstanceEntry rules() {
        if (!knowsHow) {
            entry = howToEnter.get().orElse(null);
            knowsHow = true;
        }
        return entry;
    }

    /** Takes a provider out of the instance; in a drain when its consumers are elsewhere. */
    synchronized void remove(URL provider) {
        if (entry == null) {
            discovery.unregister(provider);
            return;
        }
        URL there = outside.remove(provider);
        if (there != null) {
            afterConsumers(() -> discovery.unregister(there));
        }
    }

    /** Registers the instance: at once, or behind a balancer when it may route here. */
    synchronized void enter() {
        if (entry == null) {
            state = State.ASKED;
            discovery.register();
        } else if (state == State.OUT || state == State.ASKED) {
            state = State.WANTED;
            admission.whenRouted(this::enterLater);
        }
    }

    /** Registers what has changed. Dubbo would register here what it has not yet. */
    synchronized void refresh() {
        if (entry == null || state == State.IN) {
            discovery.update();
        } else if (state == State.ASKED) {
            enter();
        }
    }

    /**
     * Takes the instance out again. It is gone when this returns; where consumers' connections of the dubbo protocol hang on it, when
     * a drain that is under way has seen those consumers elsewhere. One that was not in yet never will be.
     */
    synchronized void withdraw() {
        boolean was = state == State.IN;
        state = State.OUT;
        if (entry == null) {
            discovery.unregister();
        } else if (was) {
            afterConsumers(this::withdrawNow);
        }
    }

    private synchronized void withdrawNow() {
        discovery.unregister();
        log.info("Withdrew the instance {}", where());
        if (overDubbo != null) {
            evenness.withdrawn(overDubbo);
        }
    }

    /** One instance stands for all protocols, so it leaves when the last of them allows that. */
    private void afterConsumers(Runnable withdrawal) {
        if (overDubbo == null) {
            withdrawal.run();
        } else {
            admission.whenLeft(withdrawal);
        }
    }

    private void enterLater() {
        try {
            registrar.execute(() ->
                    Retry.decorateRunnable(untilEntered, this::enterIfWanted).run());
        } catch (RejectedExecutionException closed) {
            log.debug("The registry is closed: the instance is not entered");
        }
    }

    private synchronized void enterIfWanted() {
        if (state != State.WANTED || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            forgetRevision();
            discovery.register();
        } catch (RuntimeException e) {
            log.warn("Registering the instance failed, will try again: {}", e.getMessage());
            throw e;
        }
        state = State.IN;
        log.info("Registered the instance {}", where());
        if (overDubbo != null && entry != null && entry.evensConnections()) {
            evenness.entered(null, overDubbo, 1);
        }
    }

    /** Dubbo registers an instance when its revision has changed, which it has no more after a first time that failed. */
    private void forgetRevision() {
        MetadataInfo metadata = discovery.getLocalMetadata();
        if (metadata != null) {
            metadata.setRevision(null);
        }
        ServiceInstance instance = discovery.getLocalInstance();
        if (instance != null) {
            instance.getMetadata().remove(ServiceInstanceMetadataUtils.EXPORTED_SERVICES_REVISION_PROPERTY_NAME);
        }
    }

    private String where() {
        ServiceInstance instance = discovery.getLocalInstance();
        return instance == null ? "of nothing" : instance.getServiceName() + " at " + instance.getAddress();
    }

    @Override
    public void close() {
        registrar.shutdownNow();
    }
}
