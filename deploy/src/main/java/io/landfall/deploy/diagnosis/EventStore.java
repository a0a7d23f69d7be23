package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of each object, as many as tell why something is stuck. It is bounded: an object's older events go first, then
 * those of the object of which nothing was heard for longest. For several threads.
 */
public final class EventStore {

    private static final int OF_AN_OBJECT = 12;
    private static final int OBJECTS = 20_000;
    private static final int LONGEST_MESSAGE = 1500;
    private static final Set<String> KINDS = Set.of("Pod", "ReplicaSet", "StatefulSet", "Deployment");
    /** Of what goes as it should, these alone tell something. */
    private static final Set<String> NORMAL = Set.of("Pulling", "Pulled", "Killing", "BackOff");

    private record Key(String kind, String namespace, String name) {}

    private final Map<Key, List<Event>> events = new LinkedHashMap<>(16, 0.75f, true);
    private final int objects;

    /** Has none. */
    public EventStore() {
        this(OBJECTS);
    }

    /**
     * Has none.
     *
     * @param objects how many may have events here
     */
    EventStore(int objects) {
        this.objects = objects;
    }

    /** Takes an event, or what became of one that is here; leaves those that tell nothing. */
    public synchronized void put(Event event) {
        ObjectReference about = event.getInvolvedObject();
        if (about == null || about.getName() == null || !tells(event, about)) {
            return;
        }
        List<Event> known = events.computeIfAbsent(key(about), key -> new ArrayList<>());
        known.removeIf(one -> name(one).equals(name(event)));
        known.add(slim(event));
        known.sort(Comparator.comparing(Times::of).reversed());
        if (known.size() > OF_AN_OBJECT) {
            known.remove(known.size() - 1);
        }
        if (events.size() > objects) {
            events.remove(events.keySet().iterator().next());
        }
    }

    /** Forgets an event that the cluster has forgotten. */
    public synchronized void remove(Event event) {
        ObjectReference about = event.getInvolvedObject();
        List<Event> known = about == null || about.getName() == null ? null : events.get(key(about));
        if (known != null && known.removeIf(one -> name(one).equals(name(event))) && known.isEmpty()) {
            events.remove(key(about));
        }
    }

    /** Of one object, the newest first; not of an earlier one that had its name. */
    public synchronized List<Event> of(HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        List<Event> known = events.get(new Key(object.getKind(), orEmpty(meta.getNamespace()), meta.getName()));
        return known == null
                ? List.of()
                : known.stream().filter(event -> sameUid(event, meta)).toList();
    }

    private static boolean tells(Event event, ObjectReference about) {
        return KINDS.contains(orEmpty(about.getKind()))
                && (!"Normal".equals(event.getType()) || NORMAL.contains(orEmpty(event.getReason())));
    }

    private static boolean sameUid(Event event, ObjectMeta meta) {
        String uid = event.getInvolvedObject().getUid();
        return uid == null || uid.isEmpty() || meta.getUid() == null || uid.equals(meta.getUid());
    }

    /** What nobody reads here is most of an event. */
    private static Event slim(Event event) {
        String message = orEmpty(event.getMessage());
        return new EventBuilder(event)
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name(event))
                        .withCreationTimestamp(
                                event.getMetadata() == null
                                        ? null
                                        : event.getMetadata().getCreationTimestamp())
                        .build())
                .withMessage(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
                .build();
    }

    private static Key key(ObjectReference about) {
        return new Key(orEmpty(about.getKind()), orEmpty(about.getNamespace()), about.getName());
    }

    private static String name(Event event) {
        return event.getMetadata() == null ? "" : orEmpty(event.getMetadata().getName());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
