package io.landfall.config.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.landfall.config.SnapshotId;
import io.landfall.config.UnavailableException;
import io.landfall.config.Violation;
import io.landfall.config.layout.StoredForm;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The ConfigMaps and Secrets of one namespace. */
final class ApiObjects {

    /** Somebody else changes the same thing: look again, so often at most. */
    static final int TURNS = 5;

    private static final Set<Integer> THERE = Set.of(HTTP_CONFLICT);
    private static final Set<Integer> ABSENT = Set.of(HTTP_NOT_FOUND);
    private static final Set<Integer> CHANGED = Set.of(HTTP_CONFLICT, HTTP_NOT_FOUND);

    private final ApiRequests requests;
    private final String namespace;

    ApiObjects(ApiRequests requests, String namespace) {
        this.requests = requests;
        this.namespace = namespace;
    }

    /** {@code ConfigMap shop/orders-config-1.4.2}. */
    String place(boolean secret, String name) {
        return (secret ? "Secret " : "ConfigMap ") + namespace + "/" + name;
    }

    String place(ApiObject object) {
        return place(object.secret(), object.name());
    }

    Optional<ApiObject> find(boolean secret, String name) {
        ApiRequest get = request("get", secret, name);
        return secret
                ? requests.callUnless(ABSENT, get, c -> c.secrets()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(ApiObject::of)
                : requests.callUnless(ABSENT, get, c -> c.configMaps()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(ApiObject::of);
    }

    /** False if one of this name is there, unless an attempt of this very call made it, whose answer was lost. */
    boolean create(ApiObject object, boolean immutable) {
        AtomicInteger attempts = new AtomicInteger();
        boolean made = requests.callUnless(THERE, request("create", object.secret(), object.name()), c -> {
                    attempts.incrementAndGet();
                    return c.resource(object.forApi(immutable))
                            .inNamespace(namespace)
                            .create();
                })
                .isPresent();
        return made
                || (attempts.get() > 1
                        && find(object.secret(), object.name())
                                .filter(object::sameData)
                                .isPresent());
    }

    /** Writes its data anew; false if it is gone, or changed since it was read. */
    boolean replace(ApiObject object) {
        return requests.callUnless(CHANGED, request("update", object.secret(), object.name()), c -> c.resource(
                                object.forApi(false))
                        .inNamespace(namespace)
                        .update())
                .isPresent();
    }

    /** Whether it was there or not. */
    void delete(boolean secret, String name) {
        requests.callUnless(
                ABSENT,
                request("delete", secret, name),
                c -> secret
                        ? c.secrets().inNamespace(namespace).withName(name).delete()
                        : c.configMaps().inNamespace(namespace).withName(name).delete());
    }

    /** Removes it, if it did not change since it was read; false if it did. */
    boolean deleteUnchanged(ApiObject object) {
        String version = object.metadata().getResourceVersion();
        return requests.callUnless(
                        THERE,
                        request("delete", object.secret(), object.name()),
                        c -> object.secret()
                                ? c.secrets()
                                        .inNamespace(namespace)
                                        .withName(object.name())
                                        .lockResourceVersion(version)
                                        .delete()
                                : c.configMaps()
                                        .inNamespace(namespace)
                                        .withName(object.name())
                                        .lockResourceVersion(version)
                                        .delete())
                .isPresent();
    }

    /** Adds or changes an annotation; false if it is gone, or changed since it was read. */
    boolean annotate(ApiObject configMap, String annotation, String value) {
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        return requests.callUnless(CHANGED, request("patch", false, configMap.name()), c -> c.configMaps()
                        .inNamespace(namespace)
                        .withName(configMap.name())
                        .patch(
                                merge,
                                new ConfigMapBuilder()
                                        .withNewMetadata()
                                        .withName(configMap.name())
                                        .withResourceVersion(
                                                configMap.metadata().getResourceVersion())
                                        .addToAnnotations(annotation, value)
                                        .endMetadata()
                                        .build()))
                .isPresent();
    }

    /** What they are called and labelled, without what is in them. One may come twice. */
    void list(boolean secret, Map<String, String> labels, Consumer<ObjectMeta> each) {
        ApiRequest list = new ApiRequest(
                "list",
                resource(secret),
                namespace,
                (secret ? "Secrets" : "ConfigMaps") + " of namespace " + namespace);
        requests.list(
                list,
                (c, page) -> secret
                        ? c.secrets().inNamespace(namespace).withLabels(labels).listAsPartialObjectMetadata(page)
                        : c.configMaps()
                                .inNamespace(namespace)
                                .withLabels(labels)
                                .listAsPartialObjectMetadata(page),
                item -> each.accept(item.getMetadata()));
    }

    /** That somebody else was faster in each turn. */
    UnavailableException contention(SnapshotId id) {
        return new UnavailableException(
                "Snapshot " + id,
                new Violation(
                        place(false, StoredForm.nameOf(id)),
                        "somebody else changes it all the time",
                        "look who does, and try again"),
                null);
    }

    private ApiRequest request(String verb, boolean secret, String name) {
        return new ApiRequest(verb, resource(secret), namespace, place(secret, name));
    }

    private static String resource(boolean secret) {
        return secret ? "secrets" : "configmaps";
    }
}
