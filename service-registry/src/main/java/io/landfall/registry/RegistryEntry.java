package io.landfall.registry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a registry has of one instance, as far as this process knows. For one thread, except where it says otherwise. */
final class RegistryEntry {

    private static final Logger log = LoggerFactory.getLogger(RegistryEntry.class);

    private final ServiceRegistry registry;
    private ServiceInstance instance;
    private volatile State state = State.OUT;
    private boolean staying;
    private int failures;
    private @Nullable String lastComplaint;

    private enum State {
        OUT,
        /** A call failed: who knows what the registry has heard. */
        UNSURE,
        IN
    }

    RegistryEntry(ServiceRegistry registry, ServiceInstance instance) {
        this.registry = registry;
        this.instance = instance;
    }

    /** Whether the registry had it when it was last asked. For any thread. */
    boolean in() {
        return state == State.IN;
    }

    ExternalAddress address() {
        return instance.address();
    }

    /** Enters it, unless it is there: then says that it still is. */
    void keep() {
        turn(true);
        if (state == State.IN) {
            if (registry.renew(instance)) {
                return;
            }
            log.warn("{} no longer knows {}: registering anew", registry.place(), instance.id());
        }
        state = State.UNSURE;
        registry.enter(instance);
        state = State.IN;
        calm();
        log.info(
                "Registered {} as {} at {} in {}",
                instance.id(),
                instance.service(),
                instance.address(),
                registry.place());
    }

    /** Takes it out, if it may be there. */
    void remove() {
        turn(false);
        if (state != State.OUT) {
            registry.remove(instance);
            state = State.OUT;
            calm();
            log.info("Withdrew {} from {}", instance.id(), registry.place());
        }
    }

    /** Has another address from now on; the next {@link #keep()} puts it in place of the old one. */
    void moveTo(ExternalAddress other) {
        log.info("The external address has changed from {} to {}: moving", instance.address(), other);
        instance = instance.at(other);
        if (state == State.IN) {
            state = State.UNSURE;
        }
    }

    /**
     * Notes that keeping or removing it failed. The same reason is logged once.
     *
     * @return how many times in a row
     */
    int failed(RuntimeException reason) {
        failures++;
        if (state == State.IN) {
            state = State.UNSURE;
        }
        String complaint =
                reason instanceof RegistryException ? String.valueOf(reason.getMessage()) : reason.toString();
        if (!complaint.equals(lastComplaint)) {
            log.warn(
                    "{} {} failed, will try again: {}",
                    staying ? "Registering" : "Withdrawing",
                    instance.id(),
                    complaint);
        }
        lastComplaint = complaint;
        return failures;
    }

    /** Who turns round has waited for nothing yet. */
    private void turn(boolean stay) {
        if (staying != stay) {
            staying = stay;
            calm();
        }
    }

    private void calm() {
        failures = 0;
        lastComplaint = null;
    }
}
