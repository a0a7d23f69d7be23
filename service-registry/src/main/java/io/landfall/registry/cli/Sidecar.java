package io.landfall.registry.cli;

import io.landfall.registry.Registration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a process registered for as long as it is ready. One thread runs it, any other may stop it. */
final class Sidecar {

    private static final Logger log = LoggerFactory.getLogger(Sidecar.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ReadyCheck process;
    private final Registration registration;
    private final Duration unreadyAfter;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private boolean entered;
    private boolean wasReady;
    /** By the clock that only goes forward; means something while the process is not ready. */
    private long unreadySince;

    /**
     * Does nothing yet.
     *
     * @param unreadyAfter how long the process may be unready before it is withdrawn: a busy one misses an answer now and then
     */
    Sidecar(ReadyCheck process, Registration registration, Duration unreadyAfter) {
        this.process = process;
        this.registration = registration;
        this.unreadyAfter = unreadyAfter;
    }

    /** Returns when it was stopped. */
    void run() throws InterruptedException {
        log.info("Waiting until the process is ready");
        do {
            observe(process.problem());
        } while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Withdraws the process, and ends. Bounded like a withdrawal. */
    void stop() {
        synchronized (this) {
            stopped.countDown();
        }
        registration.close();
    }

    private void observe(Optional<String> problem) {
        if (problem.isEmpty()) {
            ready();
        } else {
            unready(problem.get());
        }
    }

    private synchronized void ready() {
        if (stopped.getCount() == 0) {
            return;
        }
        if (!entered) {
            log.info("The process is ready: registering it");
            registration.register();
            entered = true;
        } else if (!wasReady) {
            log.info("The process is ready again");
        }
        wasReady = true;
    }

    private void unready(String problem) {
        if (!entered) {
            return;
        }
        if (wasReady) {
            wasReady = false;
            unreadySince = System.nanoTime();
            log.warn(
                    "The process is not ready: {}. Withdrawing it unless it is back within {} s",
                    problem,
                    unreadyAfter.toSeconds());
        } else if (System.nanoTime() - unreadySince >= unreadyAfter.toNanos()) {
            log.warn("The process is still not ready: {}. Withdrawing it", problem);
            entered = false;
            registration.withdraw();
        }
    }
}
