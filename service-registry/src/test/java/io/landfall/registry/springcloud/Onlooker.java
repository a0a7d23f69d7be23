package io.landfall.registry.springcloud;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks at a registry all the time, and remembers everything that it saw, in order. */
final class Onlooker implements AutoCloseable {

    private static final long NAP_NANOS = 500_000;

    private final List<List<String>> sights = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Onlooker() {}

    /** One that looks from now on. What the registry fails with is a sight, too. */
    static Onlooker at(Supplier<List<String>> registry) {
        Onlooker onlooker = new Onlooker();
        Thread thread = new Thread(() -> onlooker.look(registry), "onlooker");
        thread.setDaemon(true);
        thread.start();
        return onlooker;
    }

    /** Each that differs from the one before it. */
    List<List<String>> sights() {
        return List.copyOf(sights);
    }

    /** Whether an entry is all that there was to see last. */
    boolean sees(String entry) {
        return !sights.isEmpty() && sights.get(sights.size() - 1).equals(List.of(entry));
    }

    /** Whether there was nothing to see last. */
    boolean seesNothing() {
        return !sights.isEmpty() && sights.get(sights.size() - 1).isEmpty();
    }

    private void look(Supplier<List<String>> registry) {
        while (!closed) {
            List<String> now = lookOnce(registry);
            if (sights.isEmpty() || !now.equals(sights.get(sights.size() - 1))) {
                sights.add(now);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private static List<String> lookOnce(Supplier<List<String>> registry) {
        try {
            return registry.get();
        } catch (RuntimeException e) {
            return List.of(e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
