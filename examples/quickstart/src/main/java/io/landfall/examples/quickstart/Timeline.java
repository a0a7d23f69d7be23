package io.landfall.examples.quickstart;

import io.landfall.examples.quickstart.report.Moment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What was done in a run, and when; each entry is also said aloud. */
final class Timeline {

    private final List<Moment> moments = new CopyOnWriteArrayList<>();
    private final Consumer<String> listener;

    Timeline(Consumer<String> listener) {
        this.listener = listener;
    }

    void mark(String what) {
        moments.add(new Moment(System.currentTimeMillis(), what));
        listener.accept(what);
    }

    List<Moment> moments() {
        return List.copyOf(moments);
    }
}
