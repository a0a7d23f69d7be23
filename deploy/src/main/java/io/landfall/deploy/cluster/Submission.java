package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Flow;
import io.landfall.deploy.release.Manifest;
import io.landfall.deploy.release.ReleaseOrder;
import io.landfall.deploy.release.Target;
import io.landfall.deploy.release.Target.Revision;
import io.landfall.deploy.release.WorkloadName;
import io.landfall.deploy.release.WorkloadName.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes release orders. Nothing is changed: the API server is asked in a dry run what it would do. Every method may throw a
 * {@link RefusedException} with all that is wrong, and an {@link ApiException}. For several threads.
 */
public final class Submission {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final ApiServer api;
    private final Orders orders;
    private final String namespace;
    private final Clock clock;

    /**
     * Calls nobody yet.
     *
     * @param client closed by whoever made it
     */
    public Submission(KubernetesClient client, String namespace, Clock clock) {
        this(Connection.of(client).api(), namespace, clock);
    }

    Submission(ApiServer api, String namespace, Clock clock) {
        this.api = api;
        this.namespace = namespace;
        this.orders = new Orders(api, namespace);
        this.clock = clock;
    }

    /**
     * An order for a new revision.
     *
     * @param rendered the workload as it is to be; its {@code replicas} count only where it is not there yet
     * @param first objects that are applied before it
     */
    public ReleaseOrder release(Flow flow, Manifest rendered, List<Manifest> first, Terms terms) {
        List<Violation> violations = new ArrayList<>();
        ObjectNode object = RenderedWorkload.read(rendered, namespace, violations);
        WorkloadName workload = RenderedWorkload.name(object, namespace);
        Standing standing = standing(workload, terms, violations);
        standing.live().ifPresent(live -> RenderedWorkload.follow(object, live, violations));
        DryRun dryRun = new DryRun(api, terms.takeOver(), violations);
        FirstObjects.check(first, namespace, dryRun, violations);
        Optional<JsonNode> taken = dryRun.of(WorkloadWriter.place(workload), object, standing.live());
        refuse(violations);
        Revision revision = Revisions.of(taken.orElseThrow(), object);
        Target target = new Target.NewRevision(revision, first);
        Optional<Revision> previous = standing.revision().map(there -> sound(there, revision, standing, terms));
        return order(flow, standing, target, previous, terms);
    }

    /**
     * An order for another number of pods.
     *
     * @param replicas from 0
     */
    public ReleaseOrder scale(WorkloadName workload, int replicas, Terms terms) {
        List<Violation> violations = new ArrayList<>();
        Standing standing = standing(workload, terms, violations);
        if (standing.live().isEmpty()) {
            violations.add(new Violation(workload.toString(), "it is not there", "release it first"));
        }
        if (standing.betweenVersions()) {
            violations.add(new Violation(
                    workload.toString(),
                    "its last release was ended half way, so it is paused between two versions",
                    "release one of them, or roll back, and scale then"));
        }
        if (replicas < 0) {
            violations.add(new Violation(workload.toString(), replicas + " pods are wanted", "ask for 0 or more"));
        }
        autoscalers(workload)
                .forEach(name -> violations.add(new Violation(
                        workload.toString(),
                        "the HorizontalPodAutoscaler " + name + " decides how many pods there are, and would undo it",
                        "change its minReplicas and maxReplicas")));
        refuse(violations);
        return order(Flow.ONLINE, standing, new Target.Scale(replicas), standing.revision(), terms);
    }

    /**
     * An order that brings an earlier revision back: image, deploy configuration and configuration, as they are all in its template.
     *
     * @param number of the revision, as {@code kubectl rollout history} says; empty: the one before what is there
     */
    public ReleaseOrder rollback(WorkloadName workload, OptionalLong number, Terms terms) {
        List<Violation> violations = new ArrayList<>();
        Standing standing = standing(workload, terms, violations);
        Optional<History.Earlier> earlier = new History(api, standing).revision(number, violations);
        earlier.ifPresent(there -> configurationIsThere(there.template(), violations));
        if (earlier.isEmpty() || standing.live().isEmpty()) {
            throw new RefusedException(violations);
        }
        Revision previous = standing.revision().orElseThrow();
        JsonNode wanted = Revisions.withTemplate(previous, earlier.get());
        // By force: an earlier revision is what it was, whoever has changed it since.
        new DryRun(api, true, violations).of(WorkloadWriter.place(workload), wanted, standing.live());
        refuse(violations);
        Target target = new Target.NewRevision(Revisions.of(wanted, wanted), List.of());
        return order(Flow.ROLLBACK, standing, target, Optional.of(previous), terms);
    }

    private Standing standing(WorkloadName workload, Terms terms, List<Violation> violations) {
        Standing standing = Standing.of(api, orders, workload);
        standing.check(terms.takeOver(), violations);
        return standing;
    }

    /** What was left in the middle of a release that nobody knows any more has the target's fields. */
    private static Revision sound(Revision there, Revision target, Standing standing, Terms terms) {
        boolean left = standing.live()
                .filter(live -> live.path("metadata").path("annotations").has(Marks.RELEASE))
                .isPresent();
        return left && terms.takeOver() ? Revisions.withRollout(there, target.manifest()) : there;
    }

    private void configurationIsThere(JsonNode template, List<Violation> violations) {
        Revisions.snapshot(template).ifPresent(snapshot -> {
            Place place = Place.configMap(namespace, snapshot.replaceFirst("/", "-config-"));
            if (api.get(place).isEmpty()) {
                violations.add(new Violation(
                        "ConfigMap " + namespace + "/" + place.name(),
                        "the configuration that this revision reads is not there any more",
                        "publish " + snapshot + " again, or go back to another revision"));
            }
        });
    }

    private List<String> autoscalers(WorkloadName workload) {
        List<String> names = new ArrayList<>();
        api.list(new Place(Autoscalers.API, "horizontalpodautoscalers", namespace, ""), "")
                .path("items")
                .forEach(object -> {
                    AutoscalerFacts facts = AutoscalerFacts.of(object);
                    if (facts.scales(workload)) {
                        names.add(facts.name());
                    }
                });
        return names;
    }

    private ReleaseOrder order(Flow flow, Standing standing, Target target, Optional<Revision> previous, Terms terms) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String prefix = standing.workload().name() + "-" + DAY.format(now) + "-";
        return new ReleaseOrder(
                prefix + standing.next(prefix),
                flow,
                standing.workload(),
                target,
                previous,
                terms.batches(),
                terms.conduct(),
                terms.author(),
                now);
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new RefusedException(violations);
        }
    }

    static Optional<Kind> kind(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.kubernetes().equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
