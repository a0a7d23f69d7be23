package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainSettings;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.JvmShutdown;
import io.landfall.shutdown.Readiness;
import io.landfall.shutdown.WarmUp;
import io.landfall.shutdown.probe.ProbeServer;
import java.time.Duration;
import java.util.ServiceLoader;
import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.common.resource.Disposable;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drain of one Dubbo {@code FrameworkModel}. Dubbo's extensions find it in the model's bean factory.
 *
 * <p>In a plain {@code main} nothing needs to be called: when Dubbo starts, a {@link Drain} is made from the
 * {@linkplain DrainSettings settings of the JVM} and hooked into its shutdown, with a probe sidecar if
 * {@code landfall.probe.port} is set. Whoever has a drain already (Spring, an application of your own) gives it to
 * {@link #use} before Dubbo starts, and then owns its trigger and its readiness. Safe for any thread.
 */
public final class DubboDrain implements Disposable {

    /** What the report and the metrics call Dubbo's calls. */
    static final String KIND = "dubbo";

    private static final Logger log = LoggerFactory.getLogger(DubboDrain.class);
    /** All calls are over by then, so Dubbo's waiting for them, and Netty's for new tasks, is for nothing. */
    private static final Duration DUBBO_MAY_WAIT = Duration.ofMillis(200);

    private final FrameworkModel frameworkModel;
    private final Connections connections = new Connections();
    private @Nullable Drain drain;
    private @Nullable Retirement retirement;
    private @Nullable ProbeServer probe;
    private JvmShutdown.@Nullable Hook hook;
    private @Nullable LastWithdrawals lastWithdrawals;
    private volatile boolean ownsDrain;

    DubboDrain(FrameworkModel frameworkModel) {
        this.frameworkModel = frameworkModel;
    }

    /**
     * The drain of a framework model.
     *
     * @throws IllegalStateException if the model was made before this jar was on the class path
     */
    public static DubboDrain of(FrameworkModel frameworkModel) {
        DubboDrain found = frameworkModel.getBeanFactory().getBean(DubboDrain.class);
        if (found == null) {
            throw new IllegalStateException("Dubbo's " + frameworkModel.getDesc()
                    + " does not know graceful-shutdown: is META-INF/dubbo of its jar on Dubbo's class path?");
        }
        return found;
    }

    /**
     * Lets Dubbo take part in a drain that somebody else triggers; that somebody also says when the application is
     * ready, and closes Dubbo.
     *
     * @throws IllegalStateException if Dubbo takes part in another drain already
     */
    public void use(Drain given) {
        if (!tryUse(given)) {
            throw new IllegalStateException("Dubbo has a drain already: call use() before Dubbo starts, and once");
        }
    }

    /**
     * The same, unless Dubbo takes part in another drain already.
     *
     * @return whether it takes part in this one
     */
    public synchronized boolean tryUse(Drain given) {
        Drain known = drain;
        if (known == given) {
            return true;
        }
        if (known != null && known.phase() != DrainPhase.CLOSED) {
            return false;
        }
        drain = given;
        addSteps(given);
        return true;
    }

    /** The drain that Dubbo takes part in; made from the JVM's settings if nobody gave one. */
    public synchronized Drain drain() {
        Drain known = drain;
        if (known != null) {
            return known;
        }
        DrainSettings settings = DrainSettings.ofThisJvm();
        Drain own = new Drain(settings.policy());
        drain = own;
        ownsDrain = true;
        addSteps(own);
        own.addInstalledSteps();
        if (settings.enabled()) {
            settings.gracePeriod().flatMap(settings.policy()::tooLongFor).ifPresent(log::warn);
            own.add(DrainStep.of("destroy dubbo", DrainPhase.CLOSED, this::destroyDubbo));
            hook = JvmShutdown.drainOnExit(own);
        }
        settings.probePort()
                .ifPresent(port -> probe = ProbeServer.start(own, settings.probeHost(), port, settings.probeToken()));
        return own;
    }

    /** The connections of the dubbo protocol that consumers hold to this process. */
    Connections connections() {
        return connections;
    }

    /** The connections of consumers, to be spread more evenly over processes behind one address. */
    public synchronized ConsumerConnections consumerConnections() {
        Retirement known = retirement;
        if (known == null) {
            known = new Retirement(connections, drain());
            retirement = known;
        }
        return known;
    }

    /**
     * A registry has an entry for this process that stands for a balancer's address, so connections that are opened by it may end at
     * other processes, and those that end here may have been opened by other entries.
     *
     * @param token the entry's {@code token}, which no other entry has; stock consumers send it with each call
     */
    public void entered(String token) {
        connections.ownEntry(token);
    }

    /**
     * Takes such an entry out of a registry: while a drain is under way, only when consumers whose connections here were opened
     * by other entries have had time to come back elsewhere. Consumers close the connection of an entry that
     * leaves, and that may be one to another process, the only one that they can use when they leave this one.
     *
     * @param withdrawal run at once, or later by the drain, on another thread, whose report names what it throws
     */
    public void withdrawWhenLeft(Runnable withdrawal) {
        DrainPhase phase = drain().phase();
        LastWithdrawals last = lastWithdrawals();
        if (last != null && (phase == DrainPhase.REFUSING || phase == DrainPhase.WITHDRAWN)) {
            last.add(withdrawal);
        } else {
            withdrawal.run();
        }
    }

    private synchronized @Nullable LastWithdrawals lastWithdrawals() {
        return lastWithdrawals;
    }

    /** Dubbo has started: if nobody else answers for this application's readiness, it is ready. */
    void started() {
        if (!ownsDrain) {
            return;
        }
        Readiness readiness = drain().readiness();
        if (readiness.state() == Readiness.State.STARTING) {
            WarmUp.runAll(ServiceLoader.load(WarmUp.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList());
            readiness.accept();
        }
    }

    @Override
    public synchronized void destroy() {
        if (hook != null) {
            hook.remove();
        }
        closeProbe();
        if (retirement != null) {
            retirement.close();
        }
        ConfigurationUtils.setExpectedShutdownTime(Long.MAX_VALUE);
    }

    /** Dubbo may be destroyed by a drain that somebody asked for there, and waits to hear how it went. */
    private void closeProbe() {
        ProbeServer closing = probe;
        Drain known = drain;
        if (closing == null) {
            return;
        }
        if (known == null || known.phase() == DrainPhase.SERVING) {
            closing.close();
            return;
        }
        Thread afterTheDrain = new Thread(
                () -> {
                    known.run("dubbo destroyed");
                    closing.closeAnswered();
                },
                "landfall-probe-close");
        afterTheDrain.setDaemon(true);
        afterTheDrain.start();
    }

    private void addSteps(Drain to) {
        to.add(DrainStep.of("leave registries", DrainPhase.WITHDRAWN, () -> new Registries(frameworkModel).leave()));
        LastWithdrawals last = new LastWithdrawals(to.policy().stepLimit());
        lastWithdrawals = last;
        to.add(last);
        to.add(new CloseIdleConnections(to.inFlight(KIND), connections, new TripleConnections(frameworkModel), last));
        to.add(DrainStep.of("hurry dubbo", DrainPhase.CLOSED, DubboDrain::shortenDubbosWaiting));
    }

    private void destroyDubbo() {
        shortenDubbosWaiting();
        frameworkModel.destroy();
    }

    private static void shortenDubbosWaiting() {
        ConfigurationUtils.setExpectedShutdownTime(System.currentTimeMillis() + DUBBO_MAY_WAIT.toMillis());
    }

    /** For a step that must not outlive the drain. */
    static boolean timeLeft(Deadline deadline) {
        boolean left = !deadline.passed() && !Thread.currentThread().isInterrupted();
        if (!left) {
            log.debug("No time left to close connections one by one");
        }
        return left;
    }
}
