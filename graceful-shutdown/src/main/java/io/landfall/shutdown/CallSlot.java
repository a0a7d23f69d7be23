package io.landfall.shutdown;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A place for one call at a time.
 *
 * <p>Every entry and every exit adds one to its generation, so an even one is free and half of it is how many calls it has
 * seen. A slot with an owner is entered by that thread alone, which therefore needs no compare-and-set; any other slot is
 * fought for. Whoever has the call may free it.
 */
final class CallSlot {

    private static final VarHandle GENERATION = handle("generation");
    private static final VarHandle STAMP = handle("stamp");
    private static final int STAMP_BITS = 16;
    private static final long STAMP_MASK = (1L << STAMP_BITS) - 1;
    private static final WeakReference<Thread> NOBODY = new WeakReference<>(null);

    @SuppressWarnings("unused") // by its handle only
    private long generation;
    /** When the call began, and the low bits of its generation: written last, it says that the name is this call's. */
    @SuppressWarnings("unused")
    private long stamp;

    private @Nullable String name;
    /** Weak, because a thread that ends takes no leave. */
    private WeakReference<Thread> owner = NOBODY;
    /** Keeps two slots off one cache line, and off the line that is fetched along with it. */
    @SuppressWarnings("unused")
    private long p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(CallSlot.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where it stands; sees everything that was done before it got there. */
    long generation() {
        return (long) GENERATION.getAcquire(this);
    }

    static boolean isFree(long generation) {
        return (generation & 1) == 0;
    }

    boolean isOwn() {
        return owner.refersTo(Thread.currentThread());
    }

    /** Gives a slot without a living owner to this thread. One thread at a time may ask. */
    void claim() {
        Thread before = owner.get();
        if (isFree(generation()) && (before == null || !before.isAlive())) {
            owner = new WeakReference<>(Thread.currentThread());
        }
    }

    /** The owner begins a call in its free slot. */
    void takeOwn(long free) {
        GENERATION.setOpaque(this, free + 1);
    }

    /** Somebody tries to begin a call in a slot that nobody owns. */
    boolean take(long free) {
        return GENERATION.compareAndSet(this, free, free + 1);
    }

    /** Says what has taken the slot. */
    @SuppressWarnings("ReferenceEquality") // Most calls are named by the constant that the last one was named by.
    void label(long taken, String what, long millis) {
        VarHandle.storeStoreFence();
        // A garbage collector charges for every reference that is written.
        if (name != what) {
            name = what;
        }
        STAMP.setRelease(this, (millis << STAMP_BITS) | (taken & STAMP_MASK));
    }

    void free(long taken) {
        GENERATION.setRelease(this, taken + 1);
    }

    /** The call in it; nothing if it is free or changes hands meanwhile. */
    InFlight.@Nullable Running read(long now) {
        long before = generation();
        long stamped = (long) STAMP.getAcquire(this);
        String what = name;
        VarHandle.acquireFence();
        boolean torn = ((stamped ^ before) & STAMP_MASK) != 0 || (long) GENERATION.getOpaque(this) != before;
        if (isFree(before) || torn || what == null) {
            return null;
        }
        return new InFlight.Running(what, Duration.ofMillis(Math.max(0, now - (stamped >> STAMP_BITS))));
    }
}
