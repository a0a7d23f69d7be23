package io.landfall.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The calls of one kind that are running now: how many, how many have come so far, and, for the report of a forced drain,
 * what each is and how old.
 *
 * <p>{@link #enter} and {@link #exit} sit on the hot path of every call, so they allocate nothing, share no counter
 * between threads, and ask the system for no time: a thread that calls again and again owns a slot, marks it with one plain
 * store and frees it with another; a call that finds its thread's slot taken, or none, takes any shared slot with one
 * compare-and-set. The count is the number of taken slots, and is added up only by those who ask. Safe for any thread; a
 * call may exit on another thread than it entered on.
 *
 * <pre>{@code
 * long call = inFlight.enter("Greeting.greet");
 * try {
 *     ...
 * } finally {
 *     inFlight.exit(call);
 * }
 * }</pre>
 */
public final class InFlight {

    private static final int INDEX_BITS = 24;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    /** The bits of a generation that fit beside an index in a call's number. */
    private static final long GENERATION_MASK = -1L >>> INDEX_BITS;

    /** Found by the thread's number. Of threads whose numbers end alike, the first to ask owns the slot while it lives. */
    private static final int OWN_SLOTS = 256;
    /** For calls whose thread has no slot of its own, or is in it already; they grow with need. */
    private static final int FIRST_SHARED_SLOTS = 256;

    private static final int TRIES = 16;
    private static final int GOLDEN_RATIO = 0x9E3779B9;
    /** A thread without a slot of its own asks for one when a shared slot sees its 1st, 65th, 129th ... call. */
    private static final int CLAIM_MASK = 127;

    private final String kind;
    private final CoarseClock clock;
    private volatile CallSlot[] slots = grown(new CallSlot[0], OWN_SLOTS + FIRST_SHARED_SLOTS);

    /**
     * Counts calls of one kind.
     *
     * @param kind what the report and the metrics call them, such as {@code dubbo} or {@code http}
     */
    public InFlight(String kind) {
        this(kind, CoarseClock.shared());
    }

    InFlight(String kind, CoarseClock clock) {
        this.kind = kind;
        this.clock = clock;
    }

    /** What the calls are. */
    public String kind() {
        return kind;
    }

    /**
     * A call begins.
     *
     * @param name what is called; kept, not copied, and shown in the report if the call is cut, so without secrets
     * @return what to give to {@link #exit}, once
     */
    public long enter(String name) {
        int index = ownIndex();
        CallSlot slot = slots[index];
        long free = slot.generation();
        if (CallSlot.isFree(free) && slot.isOwn()) {
            slot.takeOwn(free);
            return begin(slot, index, free + 1, name);
        }
        return enterShared(name);
    }

    /**
     * A call has ended, well or not. A second exit of the same call does nothing, as long as it does not race with the
     * first.
     */
    public void exit(long call) {
        CallSlot slot = slots[(int) call & INDEX_MASK];
        long taken = slot.generation();
        if ((taken & GENERATION_MASK) == call >>> INDEX_BITS) {
            slot.free(taken);
        }
    }

    /** How many calls are running now. */
    public int count() {
        return taken(slots, 0);
    }

    /** How many calls have begun so far; never goes back. */
    public long arrivals() {
        long arrivals = 0;
        for (CallSlot slot : slots) {
            arrivals += (slot.generation() + 1) / 2;
        }
        return arrivals;
    }

    /** What is running now, oldest first. A call that begins or ends meanwhile may be missing. */
    public List<Running> running() {
        long now = clock.millis();
        List<Running> running = new ArrayList<>();
        for (CallSlot slot : slots) {
            Running call = slot.read(now);
            if (call != null) {
                running.add(call);
            }
        }
        running.sort(Comparator.comparing(Running::age).reversed());
        return running;
    }

    /**
     * A running call.
     *
     * @param name what is called
     * @param age how long it has been running, to about 50 ms
     */
    public record Running(String name, Duration age) {}

    private long begin(CallSlot slot, int index, long taken, String name) {
        slot.label(taken, name, clock.millis());
        return (taken << INDEX_BITS) | index;
    }

    /** One thread may start thousands of calls before the first ends (an event loop), so any shared slot will do. */
    private long enterShared(String name) {
        int probe = (ownIndex() * GOLDEN_RATIO) >>> INDEX_BITS;
        while (true) {
            CallSlot[] all = slots;
            for (int attempt = 0; attempt < TRIES; attempt++) {
                int index = OWN_SLOTS + (probe & (all.length - OWN_SLOTS - 1));
                CallSlot slot = all[index];
                long free = slot.generation();
                if (CallSlot.isFree(free) && slot.take(free)) {
                    claimNowAndThen(free + 1);
                    return begin(slot, index, free + 1, name);
                }
                probe = ThreadLocalRandom.current().nextInt();
            }
            growIfCrowded(all);
        }
    }

    /** Not each time: a thread that lives for one call needs no slot, and looking whether an owner lives takes time. */
    private void claimNowAndThen(long taken) {
        if ((taken & CLAIM_MASK) == 1) {
            synchronized (this) {
                slots[ownIndex()].claim();
            }
        }
    }

    /** Slots are never thrown away, so a call that entered before a growth finds its slot after it. */
    private synchronized void growIfCrowded(CallSlot[] seen) {
        int shared = seen.length - OWN_SLOTS;
        if (slots == seen && taken(seen, OWN_SLOTS) > shared / 2) {
            if (shared > INDEX_MASK / 2) {
                throw new IllegalStateException(shared + " calls of kind " + kind + " in flight: exit is not called");
            }
            slots = grown(seen, OWN_SLOTS + shared * 2);
        }
    }

    private static int taken(CallSlot[] slots, int from) {
        int taken = 0;
        for (int i = from; i < slots.length; i++) {
            if (!CallSlot.isFree(slots[i].generation())) {
                taken++;
            }
        }
        return taken;
    }

    private static CallSlot[] grown(CallSlot[] old, int length) {
        CallSlot[] grown = new CallSlot[length];
        System.arraycopy(old, 0, grown, 0, old.length);
        for (int i = old.length; i < length; i++) {
            grown[i] = new CallSlot();
        }
        return grown;
    }

    private static int ownIndex() {
        return (int) Thread.currentThread().getId() & (OWN_SLOTS - 1);
    }
}
