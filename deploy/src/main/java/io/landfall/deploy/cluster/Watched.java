package io.landfall.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a kind in a namespace, by one watch. Of each only the facts are kept, so that ten thousand fit. For several threads.
 *
 * @param <F> what is kept
 */
final class Watched<F extends Fact> implements AutoCloseable {

    /** So that the first list is not in memory all at once. */
    private static final long PAGE = 500;

    private final ConcurrentHashMap<String, F> facts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Map<String, F>> owned = new ConcurrentHashMap<>();
    private final Function<JsonNode, F> reading;
    private final Consumer<F> changed;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final CompletableFuture<Void> listed = new CompletableFuture<>();

    /**
     * Watches nothing yet.
     *
     * @param changed told of each object that came, changed or went; comes back at once
     */
    Watched(Informable<GenericKubernetesResource> kind, Function<JsonNode, F> reading, Consumer<F> changed) {
        this.reading = reading;
        this.changed = changed;
        this.informer = kind.withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new NameStore())
                // A watch that cannot be had now is had later, also the first one.
                .exceptionHandler((started, failure) -> true)
                .addEventHandler(new Events());
    }

    /** Completes when everything was seen once: the informer says so before its listeners have heard of it. */
    CompletionStage<Void> start() {
        return informer.start().thenCompose(started -> listed);
    }

    Optional<F> get(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    Stream<F> all() {
        return facts.values().stream();
    }

    /** Those that have this {@linkplain Fact#owner() owner}. */
    Stream<F> ownedBy(String uid) {
        return owned.getOrDefault(uid, Map.of()).values().stream();
    }

    /** Keeps what was read or written beside the watch, if it is newer. */
    void freshen(JsonNode object) {
        keep(object.path("metadata").path("name").asText(), reading.apply(object));
    }

    /** It was looked for beside the watch, and is not there. */
    synchronized void forget(String name) {
        disown(name, facts.remove(name));
    }

    /** The one that is gone, if it was kept, and not its successor. */
    private synchronized Optional<F> forget(String name, String uid) {
        Optional<F> kept = get(name).filter(fact -> fact.version().uid().equals(uid));
        kept.ifPresent(fact -> forget(name));
        return kept;
    }

    @Override
    public void close() {
        informer.close();
    }

    /** Whoever reads meanwhile finds the one or the other, and never none. */
    private synchronized void keep(String name, F fresh) {
        F kept = facts.get(name);
        if (kept != null && fresh.version().before(kept.version())) {
            return;
        }
        facts.put(name, fresh);
        owned.computeIfAbsent(fresh.owner(), owner -> new ConcurrentHashMap<>()).put(name, fresh);
        if (kept != null && !kept.owner().equals(fresh.owner())) {
            disown(name, kept);
        }
    }

    private void disown(String name, @Nullable F gone) {
        if (gone != null) {
            owned.computeIfPresent(gone.owner(), (owner, those) -> {
                those.remove(name);
                return those.isEmpty() ? null : those;
            });
        }
    }

    private final class Events implements ResourceEventHandler<GenericKubernetesResource> {

        /** Comes after all objects of the list. */
        @Override
        public void onList(String version, boolean empty) {
            listed.complete(null);
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            seen(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            seen(object);
        }

        /** A successor of the same name that was read beside the watch stays. */
        @Override
        public void onDelete(GenericKubernetesResource object, boolean unseen) {
            ObjectMeta gone = object.getMetadata();
            forget(gone.getName(), gone.getUid()).ifPresent(changed);
        }

        private void seen(GenericKubernetesResource object) {
            F fact = reading.apply(Json.tree(object));
            keep(object.getMetadata().getName(), fact);
            changed.accept(fact);
        }
    }
}
