package io.landfall.shutdown.springcloud;

import io.landfall.shutdown.Readiness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What stands before a {@code ServiceRegistry}: keeps registrations back until the service was seen ready, and takes them out
 * when it drains.
 *
 * <p>Deregistering is not closing: whoever stops Spring Cloud's own registration also closes, in some registries, the client by
 * which this application still finds the services that it calls. Safe for any thread.
 */
final class GatedRegistry implements MethodInterceptor {

    private static final Logger log = LoggerFactory.getLogger(GatedRegistry.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private enum State {
        WAITING,
        ENTERED,
        LEFT
    }

    private final ServiceRegistry<Registration> registry;
    private final Supplier<Readiness> readiness;
    private final Map<Registration, State> states = new LinkedHashMap<>();

    GatedRegistry(ServiceRegistry<Registration> registry, Supplier<Readiness> readiness) {
        this.registry = registry;
        this.readiness = readiness;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Object[] arguments = call.getArguments();
        boolean ours = arguments.length == 1 && arguments[0] instanceof Registration;
        if (ours && call.getMethod().getName().equals("register")) {
            register((Registration) arguments[0]);
            return null;
        }
        if (ours && call.getMethod().getName().equals("deregister")) {
            deregister((Registration) arguments[0]);
            return null;
        }
        return call.proceed();
    }

    private void register(Registration registration) {
        if (renew(registration)) {
            return;
        }
        synchronized (this) {
            states.put(registration, State.WAITING);
        }
        readiness.get().whenSeenReady(() -> start(() -> enterInTheEnd(registration)));
    }

    /**
     * What is in stays in while it is registered again with something else in it, so that whoever leaves takes it out. Who asks for
     * this hears what fails.
     */
    private synchronized boolean renew(Registration registration) {
        boolean in = states.get(registration) == State.ENTERED;
        if (in) {
            registry.register(registration);
        }
        return in;
    }

    private synchronized void deregister(Registration registration) {
        State was = states.put(registration, State.LEFT);
        // Twice is once, and what was never entered has not to be taken out; some registries answer with an error.
        if (was == State.ENTERED) {
            try {
                takeOut(registration);
            } catch (IllegalStateException stays) {
                // Whoever asks next tries again.
                states.put(registration, State.ENTERED);
                throw stays;
            }
        }
    }

    private void takeOut(Registration registration) {
        try {
            registry.deregister(registration);
        } catch (RuntimeException failed) {
            throw new IllegalStateException(describe(registration) + " stays registered: " + reason(failed));
        }
    }

    /**
     * Takes out everything that is in. One that cannot be taken out does not keep the others in.
     *
     * @return what stays, and why
     */
    synchronized List<String> leave() {
        List<String> problems = new ArrayList<>();
        for (Registration registration : List.copyOf(states.keySet())) {
            boolean wasIn = states.get(registration) == State.ENTERED;
            try {
                deregister(registration);
                if (wasIn) {
                    log.info("Left the registry: {}", describe(registration));
                }
            } catch (IllegalStateException stays) {
                problems.add(stays.getMessage());
            }
        }
        return problems;
    }

    private void enterInTheEnd(Registration registration) {
        BackOffExecution pauses = backOff().start();
        AtomicReference<String> problem = new AtomicReference<>("");
        while (!enter(registration, problem)) {
            try {
                long pause = pauses.nextBackOff();
                TimeUnit.MILLISECONDS.sleep(pause + ThreadLocalRandom.current().nextLong(pause / 2));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Tries once.
     *
     * @param problem what was wrong the last time
     * @return whether there is no more to do
     */
    private synchronized boolean enter(Registration registration, AtomicReference<String> problem) {
        if (states.get(registration) != State.WAITING) {
            return true;
        }
        try {
            registry.register(registration);
            states.put(registration, State.ENTERED);
            log.info("Registered: {}", describe(registration));
            return true;
        } catch (RuntimeException failed) {
            String reason = reason(failed);
            if (!reason.equals(problem.getAndSet(reason))) {
                log.warn(
                        "Registering {} fails, and is tried again until it does not: {}",
                        describe(registration),
                        reason);
            }
            return false;
        }
    }

    /** Messages of clients quote the registry's URL, and perhaps a password in it: the kind of failure must do. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    private static String describe(Registration registration) {
        return registration.getServiceId() + " at " + registration.getHost() + ":" + registration.getPort();
    }

    private static ExponentialBackOff backOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
        backOff.setMaxInterval(LONGEST_PAUSE_MILLIS);
        return backOff;
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "landfall-register");
        thread.setDaemon(true);
        thread.start();
    }
}
