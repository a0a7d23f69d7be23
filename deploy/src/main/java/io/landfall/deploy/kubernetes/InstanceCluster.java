package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.ServerSideApplicable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.landfall.deploy.InstancePlan;
import io.landfall.deploy.InstancePlan.Action;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.ObservedInstances;
import io.landfall.deploy.api.ApiCalls;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of a table in a namespace. Every call may throw a {@link KubernetesClientException}, after some attempts where another
 * one may help. One thread.
 */
public final class InstanceCluster {

    private static final Logger log = LoggerFactory.getLogger(InstanceCluster.class);
    private static final String FIELD_MANAGER = "landfall";

    private final KubernetesClient client;
    private final String namespace;
    private final ApiCalls api = new ApiCalls();

    /**
     * Calls nobody yet.
     *
     * @param client closed by whoever made it
     */
    public InstanceCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** What is there of a table's instances. */
    public ObservedInstances observe(InstanceTable table) {
        List<PersistentVolumeClaim> claims = api.call(() ->
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems());
        ObservedInstances running = running(table);
        return new ObservedInstances(running.replicas(), owned(table, claims), running.addresses());
    }

    /** The same without volumes, which not everybody may look at. */
    public ObservedInstances running(InstanceTable table) {
        StatefulSet set = api.call(() -> client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(table.name())
                .get());
        ConfigMap addresses = api.call(() -> client.configMaps()
                .inNamespace(namespace)
                .withName(Names.addresses(table))
                .get());
        return new ObservedInstances(replicas(set), Set.of(), known(table, addresses));
    }

    /** What applying objects would change, field by field, as the API server says: nothing is changed. */
    public List<String> diff(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(
                        object -> Difference.of(
                                api.call(() -> resource(object).get()), api.call(() -> applied(object, true, false)))
                                .stream())
                .toList();
    }

    /** Whether the API server would take the objects: asks it, and changes nothing. */
    public void dryRun(List<HasMetadata> objects) {
        objects.forEach(object -> api.call(() -> applied(object, true, false)));
    }

    /**
     * Applies objects in their order, then takes away what only instances that go have had.
     *
     * @param plan made from what is there now
     * @param force whether to take fields from other managers
     * @param progress told of each step when it is done
     */
    public void apply(
            InstanceTable table,
            List<HasMetadata> objects,
            InstancePlan plan,
            boolean force,
            Consumer<String> progress) {
        // Before the StatefulSet is told: who finds the volume unclaimed afterwards has to find out why.
        plan.steps().forEach(step -> giveUp(table, step.ordinal(), step.action() == Action.REMOVE));
        for (HasMetadata object : objects) {
            api.call(() -> applied(object, false, force));
            progress.accept(
                    "applied " + object.getKind() + " " + object.getMetadata().getName());
        }
        plan.removals().forEach(ordinal -> withdraw(table, ordinal, progress));
        log.info("Applied {} instances of {} in {}", table.instances().size(), table.name(), namespace);
    }

    private HasMetadata applied(HasMetadata object, boolean dryRun, boolean force) {
        ServerSideApplicable<HasMetadata> call = resource(object).dryRun(dryRun).fieldManager(FIELD_MANAGER);
        return (force ? call.forceConflicts() : call).serverSideApply();
    }

    private Resource<HasMetadata> resource(HasMetadata object) {
        return client.resource(object).inNamespace(namespace);
    }

    /** A volume is never deleted here: the mark says that nobody misses its instance. It is taken off when the instance returns. */
    private void giveUp(InstanceTable table, int ordinal, boolean given) {
        Resource<PersistentVolumeClaim> claim =
                client.persistentVolumeClaims().inNamespace(namespace).withName(Names.claim(table, ordinal));
        PersistentVolumeClaim there = api.call(claim::get);
        if (there == null || givenUp(there) == given) {
            return;
        }
        String mark = given ? "\"true\"" : "null";
        api.call(() -> claim.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{\"" + Names.GIVEN_UP + "\":" + mark + "}}}"));
    }

    private void withdraw(InstanceTable table, int ordinal, Consumer<String> progress) {
        String pod = table.podName(ordinal);
        api.call(() -> client.services().inNamespace(namespace).withName(pod).delete());
        progress.accept("deleted Service " + pod);
    }

    private static boolean givenUp(PersistentVolumeClaim claim) {
        return claim.getMetadata().getAnnotations().containsKey(Names.GIVEN_UP);
    }

    private static OptionalInt replicas(@Nullable StatefulSet set) {
        return set == null ? OptionalInt.empty() : OptionalInt.of(set.getSpec().getReplicas());
    }

    private static Set<Integer> owned(InstanceTable table, List<PersistentVolumeClaim> claims) {
        Set<Integer> owned = new HashSet<>();
        for (PersistentVolumeClaim claim : claims) {
            String name = claim.getMetadata().getName();
            if (!givenUp(claim)) {
                ordinal(Names.DATA_VOLUME + "-" + table.name(), name).ifPresent(owned::add);
            }
        }
        return owned;
    }

    private static Map<Integer, String> known(InstanceTable table, @Nullable ConfigMap addresses) {
        Map<Integer, String> known = new HashMap<>();
        if (addresses != null && addresses.getData() != null) {
            addresses.getData().forEach((pod, address) -> ordinal(table.name(), pod)
                    .ifPresent(ordinal -> known.put(ordinal, address.strip())));
        }
        return known;
    }

    private static OptionalInt ordinal(String prefix, String name) {
        Matcher matcher =
                Pattern.compile(Pattern.quote(prefix) + "-([0-9]{1,5})").matcher(name);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
