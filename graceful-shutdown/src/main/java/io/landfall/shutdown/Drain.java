package io.landfall.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of service: run once, whoever asks first; every caller gets the same report.
 *
 * <p>One drain belongs to one application: a JVM, or one root Spring context. Safe for any thread.
 */
public final class Drain {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final DrainPolicy policy;
    private final LongSupplier nanoClock;
    private final Readiness readiness = new Readiness();
    private final ConcurrentMap<String, InFlight> inFlight = new ConcurrentHashMap<>();
    private final List<Consumer<InFlight>> kindListeners = new ArrayList<>();
    private final List<DrainStep> steps = new CopyOnWriteArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<DrainReport> report = new CompletableFuture<>();
    private volatile DrainPhase phase = DrainPhase.SERVING;
    private volatile boolean hurry;

    /** A drain that keeps to a policy. */
    public Drain(DrainPolicy policy) {
        this(policy, System::nanoTime);
    }

    Drain(DrainPolicy policy, LongSupplier nanoClock) {
        this.policy = policy;
        this.nanoClock = nanoClock;
    }

    /** How long this drain may take. */
    public DrainPolicy policy() {
        return policy;
    }

    /** Whether new calls may be sent here; every probe asks this. */
    public Readiness readiness() {
        return readiness;
    }

    /** The running calls of a kind; made when first asked for. */
    public InFlight inFlight(String kind) {
        InFlight known = inFlight.get(kind);
        return known != null ? known : newKind(kind);
    }

    private synchronized InFlight newKind(String kind) {
        InFlight known = inFlight.get(kind);
        if (known != null) {
            return known;
        }
        InFlight added = new InFlight(kind);
        inFlight.put(kind, added);
        kindListeners.forEach(listener -> listener.accept(added));
        return added;
    }

    /** Hands over every kind that was asked for so far, and every one that will be. */
    synchronized void onEveryKind(Consumer<InFlight> listener) {
        kindListeners.add(listener);
        inFlight.values().forEach(listener);
    }

    /** The running calls of every kind that was asked for so far. */
    public List<InFlight> inFlight() {
        return List.copyOf(inFlight.values());
    }

    /** The state now. */
    public DrainPhase phase() {
        return phase;
    }

    /** The report, once there is one. */
    public Optional<DrainReport> report() {
        return Optional.ofNullable(report.getNow(null));
    }

    /**
     * Adds a part. Parts that are added after the drain began run if their phase has not been reached yet.
     *
     * @throws IllegalArgumentException if the step names a phase no step can take part in
     */
    public void add(DrainStep step) {
        if (!step.phase().takesSteps()) {
            throw new IllegalArgumentException("step '" + step.name() + "' names phase " + step.phase()
                    + ": use REFUSING, WITHDRAWN, QUIET or CLOSED");
        }
        steps.add(step);
    }

    /**
     * Adds the parts that the class path brings along: every {@link DrainStep} that a {@link ServiceLoader} finds. For a plain
     * {@code main}; in Spring, steps are beans. Call it once.
     *
     * @throws java.util.ServiceConfigurationError if one of them cannot be made
     */
    public void addInstalledSteps() {
        ServiceLoader.load(DrainStep.class).forEach(this::add);
    }

    /** Takes a part out again, if it is there. */
    public void remove(DrainStep step) {
        steps.remove(step);
    }

    /**
     * Drains, and returns when it is over. If a drain has begun already, waits for that one.
     *
     * @param cause what asked for it, such as {@code SIGTERM}; only the first caller's is reported
     * @return the one report; an interrupted caller keeps waiting and finds its interrupt flag set
     */
    public DrainReport run(String cause) {
        return begin(cause).join();
    }

    /** Begins to drain, or joins the drain that has begun. */
    public CompletableFuture<DrainReport> begin(String cause) {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> drain(cause), "landfall-drain");
            thread.setDaemon(true);
            thread.start();
        }
        return report.copy();
    }

    /** Ends the wait for calls in flight, as if the deadline had come: somebody is in a hurry. */
    public void force() {
        hurry = true;
    }

    private void drain(String cause) {
        try {
            report.complete(new Course(cause).follow());
        } catch (Throwable unexpected) {
            // Whoever waits for the report stands in the way of the JVM's exit.
            log.error("The drain itself failed; the service closes undrained", unexpected);
            report.completeExceptionally(unexpected);
        }
    }

    private List<DrainStep> stepsTo(DrainPhase target) {
        return steps.stream().filter(step -> step.phase() == target).toList();
    }

    private long arrivals() {
        return inFlight.values().stream().mapToLong(InFlight::arrivals).sum();
    }

    private int running() {
        return inFlight.values().stream().mapToInt(InFlight::count).sum();
    }

    /** One drain from the trigger to the report. Runs on one thread. */
    private final class Course {
        private final String cause;
        private final long begin = nanoClock.getAsLong();
        private final Deadline deadline = Deadline.in(policy.deadline(), nanoClock);
        private final long arrivedBefore = arrivals();
        private final int runningBefore = running();
        private final List<DrainReport.Reached> reached = new ArrayList<>();
        private final List<DrainReport.StepResult> results = new ArrayList<>();
        private long phaseBegin = begin;

        Course(String cause) {
            this.cause = cause;
        }

        DrainReport follow() {
            log.info(
                    "Drain begins ({}): {} call(s) in flight, deadline {} s",
                    cause,
                    runningBefore,
                    policy.deadline().toSeconds());
            readiness.refuse();
            results.addAll(StepRun.startAll(stepsTo(DrainPhase.REFUSING), policy, deadline)
                    .join());
            reach(DrainPhase.REFUSING);
            results.addAll(StepRun.startAll(stepsTo(DrainPhase.WITHDRAWN), policy, deadline)
                    .join());
            reach(DrainPhase.WITHDRAWN);
            Quiet quiet = new Quiet();
            List<DrainReport.CutCall> cut = quiet.await() ? List.of() : cutCalls();
            reach(cut.isEmpty() && quiet.reached ? DrainPhase.QUIET : DrainPhase.FORCED);
            long served = arrivals() - arrivedBefore + runningBefore - running();
            results.addAll(close());
            reach(DrainPhase.CLOSED);
            DrainReport done = new DrainReport(cause, since(begin), reached, served, quiet.lastArrival(), cut, results);
            announce(done);
            return done;
        }

        private List<DrainReport.StepResult> close() {
            Deadline closing = Deadline.in(policy.closeTime(), nanoClock);
            return StepRun.startAll(stepsTo(DrainPhase.CLOSED), policy, closing).join();
        }

        private void reach(DrainPhase next) {
            reached.add(new DrainReport.Reached(next, since(phaseBegin)));
            phaseBegin = nanoClock.getAsLong();
            phase = next;
        }

        private Duration since(long nanos) {
            return Duration.ofNanos(nanoClock.getAsLong() - nanos);
        }

        private List<DrainReport.CutCall> cutCalls() {
            return inFlight().stream()
                    .flatMap(calls -> calls.running().stream()
                            .map(call -> new DrainReport.CutCall(calls.kind(), call.name(), call.age())))
                    .toList();
        }

        private void announce(DrainReport done) {
            if (done.forced()) {
                log.warn("{}", done.toReadableBlock());
            } else {
                log.info("{}", done.toReadableBlock());
            }
            log.info("{}", done.toStructuredLine());
        }

        /** Watches until no call is in flight, none has arrived for the quiet period, and the steps of QUIET are done. */
        private final class Quiet {
            private static final long LOOK_EVERY_MILLIS = 10;
            private final long from = nanoClock.getAsLong();
            private long arrived = arrivals();
            private long lastArrivalAt = from;
            private boolean anyArrival;
            private boolean reached;

            /** Whether the service became quiet before the deadline. */
            boolean await() {
                StepRun.Group closing = StepRun.startAll(stepsTo(DrainPhase.QUIET), policy, deadline);
                while (!deadline.passed() && !hurry) {
                    noteArrivals();
                    if (running() == 0 && quietLongEnough() && closing.done()) {
                        reached = true;
                        break;
                    }
                    closing.awaitAtMost(LOOK_EVERY_MILLIS);
                }
                results.addAll(reached ? closing.join() : closing.abandon());
                return reached;
            }

            Optional<Duration> lastArrival() {
                return anyArrival ? Optional.of(Duration.ofNanos(lastArrivalAt - from)) : Optional.empty();
            }

            private void noteArrivals() {
                long now = arrivals();
                if (now != arrived) {
                    arrived = now;
                    anyArrival = true;
                    lastArrivalAt = nanoClock.getAsLong();
                }
            }

            private boolean quietLongEnough() {
                return nanoClock.getAsLong() - lastArrivalAt
                        >= policy.quietPeriod().toNanos();
            }
        }
    }
}
