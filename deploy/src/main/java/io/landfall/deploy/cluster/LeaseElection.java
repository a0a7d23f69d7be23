package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.api.ApiPatience;
import io.landfall.deploy.release.Election;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine in a namespace acts: the one that holds a Lease. Nobody's clock is trusted: an engine takes the Lease of another one when it has
 * not seen it change for as long as the Lease says, and gives up its own when it could not renew it for a shorter time, whether the API
 * server answers or hangs. For several threads.
 */
public final class LeaseElection implements Election, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseElection.class);
    private static final String NAME = "landfall-engine";
    private static final int CALLS_EACH_SECOND = 10;

    private final ApiServer api;
    private final Place place;
    private final String identity;
    private final Timing timing;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread made = new Thread(run, "landfall-election");
        made.setDaemon(true);
        return made;
    });

    private volatile Hold hold = new Hold(0, System.nanoTime());
    private boolean told;
    private String observed = "";
    private long observedAt = System.nanoTime();

    /**
     * Takes part in no election yet.
     *
     * @param client closed by whoever made it
     * @param identity of this engine, and of no other process, an earlier one included
     */
    public LeaseElection(KubernetesClient client, String namespace, String identity) {
        this(client, namespace, identity, Timing.USUAL);
    }

    LeaseElection(KubernetesClient client, String namespace, String identity, Timing timing) {
        // A limiter of its own, so that a busy engine does not lose the Lease, and no further attempts: the next round
        // is one.
        this.api = new ApiServer(client, ApiPatience.impatient(CALLS_EACH_SECOND), timing.timeout);
        this.place = new Place("coordination.k8s.io/v1", "leases", namespace, NAME);
        this.identity = identity;
        this.timing = timing;
    }

    /**
     * How long things take.
     *
     * @param lease after which another engine may take over
     * @param renewal after which this one gives up; shorter
     * @param round from attempt to attempt
     * @param timeout of an attempt
     */
    record Timing(Duration lease, Duration renewal, Duration round, Duration timeout) {

        private static final Timing USUAL = new Timing(
                Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    /** Until when, by {@link System#nanoTime()}, this engine acts. */
    private record Hold(long epoch, long until) {

        boolean lasts() {
            return System.nanoTime() - until < 0;
        }
    }

    /** Takes part until {@link #close()}. */
    public void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::round, 0, timing.round.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public OptionalLong epoch() {
        Hold now = hold;
        return now.lasts() ? OptionalLong.of(now.epoch) : OptionalLong.empty();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Takes part no more, and lets another engine have the Lease at once. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(timing.timeout.toMillis(), TimeUnit.MILLISECONDS) && epoch().isPresent()) {
                api.get(place).ifPresent(this::giveUp);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ApiException e) {
            log.info("The lease runs out by itself: {}", e.getMessage());
        }
        hold = new Hold(0, System.nanoTime());
    }

    private void round() {
        try {
            tell();
            campaign();
        } catch (ApiException e) {
            log.warn("No election in this round: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Thrown on, it would be the last round.
            log.error("No election in this round", e);
        }
        tell();
    }

    private void campaign() {
        long began = System.nanoTime();
        Optional<JsonNode> lease = api.get(place);
        if (lease.isEmpty()) {
            won(api.create(place, lease(Json.object(), 0, timing.lease)), 0, began);
            return;
        }
        JsonNode spec = lease.get().path("spec");
        long changes = spec.path("leaseTransitions").asLong();
        if (identity.equals(spec.path("holderIdentity").asText())) {
            won(api.replace(place, lease(lease.get(), changes, timing.lease)), changes, began);
        } else if (expired(lease.get())) {
            won(api.replace(place, lease(lease.get(), changes + 1, timing.lease)), changes + 1, began);
        }
    }

    /** It counts from before the request: the others count from after it. */
    private void won(Answer answer, long epoch, long began) {
        if (answer.done()) {
            hold = new Hold(epoch, began + timing.renewal.toNanos());
        } else if (!answer.stale()) {
            throw answer.failure("the lease");
        }
    }

    private boolean expired(JsonNode lease) {
        String version = lease.path("metadata").path("resourceVersion").asText();
        if (!version.equals(observed)) {
            observed = version;
            observedAt = System.nanoTime();
        }
        JsonNode spec = lease.path("spec");
        long lasts = TimeUnit.SECONDS.toNanos(spec.path("leaseDurationSeconds").asLong());
        return spec.path("holderIdentity").asText().isEmpty() || System.nanoTime() - observedAt > lasts;
    }

    /** A second is the least that a Lease can last. */
    private void giveUp(JsonNode lease) {
        JsonNode spec = lease.path("spec");
        if (identity.equals(spec.path("holderIdentity").asText())) {
            api.replace(place, lease(lease, spec.path("leaseTransitions").asLong(), Duration.ofSeconds(1)));
        }
    }

    private ObjectNode lease(JsonNode before, long changes, Duration lasts) {
        ObjectNode lease = Json.object().put("apiVersion", place.apiVersion()).put("kind", "Lease");
        ObjectNode metadata = lease.putObject("metadata").put("name", NAME).put("namespace", place.namespace());
        if (before.has("metadata")) {
            metadata.set("uid", before.path("metadata").path("uid"));
            metadata.set("resourceVersion", before.path("metadata").path("resourceVersion"));
        }
        // In UTC with six digits, as the API server wants it.
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000000Z");
        boolean mine =
                identity.equals(before.path("spec").path("holderIdentity").asText());
        lease.putObject("spec")
                .put("holderIdentity", identity)
                .put("leaseDurationSeconds", Math.max(1, (int) lasts.toSeconds()))
                .put("leaseTransitions", changes)
                .put("renewTime", now)
                .put(
                        "acquireTime",
                        mine ? before.path("spec").path("acquireTime").asText(now) : now);
        return lease;
    }

    private void tell() {
        boolean holds = epoch().isPresent();
        if (holds != told) {
            told = holds;
            log.info("{} {}", identity, holds ? "acts, epoch " + hold.epoch : "no longer acts");
            listeners.forEach(Runnable::run);
        }
    }
}
