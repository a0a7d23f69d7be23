package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.landfall.e2e.cluster.TestNamespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Deployment behind the external address. */
public final class Greeters {

    private static final Logger log = LoggerFactory.getLogger(Greeters.class);
    private static final String NAME = "greeter";
    private static final String RELEASE = "GREETING_RELEASE";

    private final TestNamespace namespace;
    private final Registry registry;
    private final Mode mode;
    private final Application application;
    private final String externalAddress;

    Greeters(TestNamespace namespace, Registry registry, Mode mode, Application application, String externalAddress) {
        this.namespace = namespace;
        this.registry = registry;
        this.mode = mode;
        this.application = application;
        this.externalAddress = externalAddress;
    }

    /** The names of the pods that are there, ending ones included. */
    public Set<String> pods() {
        return namespace.pods(NAME).stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** When the last pod became ready, in seconds since the epoch. */
    public long lastReady() {
        return namespace.pods(NAME).stream()
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(condition -> condition.getType().equals("Ready"))
                .mapToLong(condition ->
                        Instant.parse(condition.getLastTransitionTime()).getEpochSecond())
                .max()
                .orElseThrow();
    }

    /** The Deployment as somebody would render it for a release: what is there, with one variable more. */
    public Deployment rendered(String release) {
        Deployment now = deployment().get();
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace.name())
                .endMetadata()
                .withSpec(now.getSpec())
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .removeMatchingFromEnv(variable -> variable.getName().equals(RELEASE))
                .addNewEnv()
                .withName(RELEASE)
                .withValue(release)
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Replaces all pods, as {@code kubectl rollout restart} does, and returns at once. */
    public void beginRestart() {
        deployment().rolling().restart();
    }

    /** Replaces all pods, and returns when the new ones serve and the old ones are gone. */
    public void restart() {
        beginRestart();
        awaitServing();
    }

    /** Changes the number of pods, and returns when that many serve and no other is left. */
    public void scale(int replicas) {
        deployment().scale(replicas);
        awaitServing();
    }

    /** Deletes one pod, whichever, and returns at once. */
    public String deleteOne() {
        Pod pod = namespace.pods(NAME).get(0);
        namespace.client().pods().resource(pod).delete();
        return pod.getMetadata().getName();
    }

    /** Returns when the Deployment is as it says it wants to be, and the registry agrees. */
    public void awaitServing() {
        awaitServing(Duration.ofMinutes(6));
    }

    /** The same with a bound of its own. */
    public void awaitServing(Duration bound) {
        try {
            Await.until("greeters that serve", bound, this::isServing);
        } catch (ConditionTimeoutException late) {
            log.error("There are the pods {} and in the registry {}: {}", pods(), registry.pods(), status());
            throw late;
        }
        log.info("{} greeters serve", pods().size());
    }

    private String status() {
        return registry.entriesOf(externalAddress) + " entries for " + externalAddress + "; "
                + deployment().get().getStatus();
    }

    /** Returns when the Deployment has as many ready pods of its template as it wants; others may be ending yet. */
    public void awaitReady() {
        Await.until("greeters that are ready", Duration.ofMinutes(3), this::isReady);
    }

    private boolean isReady() {
        Deployment now = deployment().get();
        DeploymentStatus status = now.getStatus();
        int wanted = now.getSpec().getReplicas();
        return number(status.getObservedGeneration())
                        == number(now.getMetadata().getGeneration())
                && number(status.getUpdatedReplicas()) == wanted
                && number(status.getAvailableReplicas()) == wanted;
    }

    /** Returns when some pods have been asked to end, and have not ended. */
    public void awaitEnding() {
        Await.until("greeters that are ending", this::someAreEnding);
    }

    private boolean someAreEnding() {
        return namespace.pods(NAME).stream().anyMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    }

    private boolean isServing() {
        if (namespace.records().restarts() > 0) {
            throw new IllegalStateException("a pod ended by itself; its log is in " + namespace.folder());
        }
        Deployment now = deployment().get();
        int wanted = now.getSpec().getReplicas();
        DeploymentStatus status = now.getStatus();
        return number(status.getObservedGeneration())
                        == number(now.getMetadata().getGeneration())
                && number(status.getUpdatedReplicas()) == wanted
                && number(status.getAvailableReplicas()) == wanted
                && !someAreEnding()
                && pods().size() == wanted
                && isRegistered(wanted);
    }

    /** Stock pods cannot be told apart in the registry, only counted. */
    private boolean isRegistered(int wanted) {
        if (!application.kind().registers()) {
            return true;
        }
        return mode.inPods() ? registry.pods().equals(pods()) : registry.entriesOf(externalAddress) == wanted;
    }

    private RollableScalableResource<Deployment> deployment() {
        return namespace
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace.name())
                .withName(NAME);
    }

    /** The pods' drains by now, of those that are gone. */
    public List<DrainLog> drains() {
        return namespace.records().logs(NAME).stream()
                .map(DrainLog::in)
                .flatMap(Optional::stream)
                .toList();
    }

    private static long number(@Nullable Number unsetIsZero) {
        return unsetIsZero == null ? 0 : unsetIsZero.longValue();
    }
}
