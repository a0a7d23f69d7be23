package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

class EventStoreTest {

    private static final Pod POD = Pods.made();

    private final EventStore store = new EventStore(2);

    @Test
    void shouldKeepTheNewestOfEachObject() {
        for (int i = 10; i < 40; i++) {
            store.put(event("e" + i, "u1", "2026-03-01T08:" + i + ":00Z"));
        }

        assertThat(store.of(POD)).hasSize(12);
        assertThat(store.of(POD).get(0).getLastTimestamp()).isEqualTo("2026-03-01T08:39:00Z");
        assertThat(store.of(POD).get(11).getLastTimestamp()).isEqualTo("2026-03-01T08:28:00Z");
    }

    @Test
    void shouldKeepOneThatIsSaidAgainOnce() {
        store.put(event("e", "u1", "2026-03-01T08:00:00Z"));
        store.put(event("e", "u1", "2026-03-01T08:01:00Z"));

        assertThat(store.of(POD)).singleElement().returns("2026-03-01T08:01:00Z", Event::getLastTimestamp);

        store.remove(event("e", "u1", "2026-03-01T08:01:00Z"));
        assertThat(store.of(POD)).isEmpty();
    }

    @Test
    void shouldNotTakeAnEarlierPodsEventsForThisOnes() {
        store.put(event("e", "u0", "2026-03-01T08:00:00Z"));

        assertThat(store.of(POD)).isEmpty();
    }

    @Test
    void shouldForgetTheObjectOfWhichNothingWasHeardForLongest() {
        store.put(event("e", "u1", "2026-03-01T08:00:00Z"));
        for (String name : new String[] {"a", "b"}) {
            Event other = event("e" + name, "u2", "2026-03-01T08:00:00Z");
            other.getInvolvedObject().setName(name);
            store.put(other);
        }

        assertThat(store.of(POD)).isEmpty();
    }

    @Test
    void shouldLeaveWhatTellsNothing() {
        Event normal = event("e", "u1", "2026-03-01T08:00:00Z");
        normal.setType("Normal");
        normal.setReason("Scheduled");
        store.put(normal);
        Event node = event("f", "u1", "2026-03-01T08:00:00Z");
        node.getInvolvedObject().setKind("Node");
        store.put(node);

        assertThat(store.of(POD)).isEmpty();
    }

    /** The scheduler records through events.k8s.io: no lastTimestamp, in 1.20 as in 1.35. */
    @Test
    void shouldKnowTheTimeOfASchedulersEvent() {
        Event event = event("e", "u1", null);
        event.setEventTime(new io.fabric8.kubernetes.api.model.MicroTime("2026-03-01T08:03:04.123456Z"));
        event.setCount(null);

        assertThat(Times.of(event)).isEqualTo("2026-03-01T08:03:04.123456Z");
        assertThat(Times.count(event)).isEqualTo(1);
    }

    private static Event event(String name, String uid, @org.jspecify.annotations.Nullable String time) {
        Event event = Pods.event("Unhealthy", "Readiness probe failed: ", time);
        event.setMetadata(new ObjectMetaBuilder().withName(name).build());
        event.getInvolvedObject().setUid(uid);
        return event;
    }
}
