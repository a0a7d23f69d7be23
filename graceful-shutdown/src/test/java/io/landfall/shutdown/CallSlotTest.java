package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallSlotTest {

    private final CallSlot slot = new CallSlot();

    @Test
    void shouldShowACallWhileItHasTheSlot() {
        assertThat(slot.read(0)).isNull();

        assertThat(slot.take(0)).isTrue();
        slot.label(1, "first", 5);
        assertThat(slot.read(12)).isEqualTo(new InFlight.Running("first", Duration.ofMillis(7)));

        slot.free(1);
        assertThat(slot.read(12)).isNull();
    }

    @Test
    void shouldNotShowTheCallBeforeInPlaceOfOneWithoutALabel() {
        slot.take(0);
        slot.label(1, "before", 5);
        slot.free(1);

        slot.take(2);
        assertThat(slot.read(12)).isNull();

        slot.label(3, "now", 9);
        assertThat(slot.read(12)).isEqualTo(new InFlight.Running("now", Duration.ofMillis(3)));
    }

    @Test
    void shouldTellTimeBeforeZeroToo() {
        slot.take(0);
        slot.label(1, "early", -100_000_000_000L);

        assertThat(slot.read(-99_999_999_990L)).isEqualTo(new InFlight.Running("early", Duration.ofMillis(10)));
        assertThat(slot.read(-100_000_000_001L)).isEqualTo(new InFlight.Running("early", Duration.ZERO));
    }

    @Test
    void shouldBeTakenByOneOnly() {
        assertThat(slot.take(0)).isTrue();
        assertThat(slot.take(0)).isFalse();
        slot.free(1);
        assertThat(slot.take(0)).as("by a number of the past").isFalse();
        assertThat(slot.take(2)).isTrue();
    }

    @Test
    void shouldBelongToWhoeverClaimedItFirst() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread first = new Thread(() -> {
            slot.claim();
            claimed.countDown();
            awaitQuietly(over);
        });
        first.start();
        claimed.await();

        slot.claim();
        assertThat(slot.isOwn()).as("while the owner lives").isFalse();

        over.countDown();
        first.join();
        slot.claim();
        assertThat(slot.isOwn()).as("when the owner is gone").isTrue();
    }

    @Test
    void shouldNotBeClaimedFromACallThatOutlivesItsThread() throws Exception {
        Thread first = new Thread(() -> {
            slot.claim();
            slot.takeOwn(0);
            slot.label(1, "orphan", 0);
        });
        first.start();
        first.join();

        slot.claim();
        assertThat(slot.isOwn()).isFalse();

        slot.free(1);
        slot.claim();
        assertThat(slot.isOwn()).isTrue();
    }

    /** Call number n begins at millisecond n, and is even or odd by name. */
    @Test
    void shouldNeverMixTwoCallsNorShowOneThatIsOver() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong ended = new AtomicLong();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<?> calls = threads.submit(() -> {
            for (long n = 1; !over.get(); n++) {
                long free = slot.generation();
                slot.takeOwn(free);
                slot.label(free + 1, n % 2 == 0 ? "even" : "odd", n);
                slot.free(free + 1);
                ended.set(n);
            }
        });
        long muchLater = 1L << 40;
        long seen = 0;
        while (seen < 2_000) {
            long endedBefore = ended.get();
            InFlight.Running call = slot.read(muchLater);
            if (call != null) {
                seen++;
                long n = muchLater - call.age().toMillis();
                assertThat(n).as("a call that was not over").isGreaterThan(endedBefore);
                assertThat(call.name()).isEqualTo(n % 2 == 0 ? "even" : "odd");
            }
        }
        over.set(true);
        calls.get();
        threads.shutdown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
