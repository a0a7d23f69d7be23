package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarewellTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Consumer consumer = new Consumer();
    private long nanos;
    private final Farewell farewell = new Farewell(consumer, () -> nanos);

    @Test
    void shouldAskOnlyWhenItIsDue() {
        consumer.answers = true;
        look(false, 2_000);
        assertThat(consumer.heard).isEmpty();

        look(true, 40);
        assertThat(consumer.heard).containsExactly("ping", "leave", "ping");
    }

    @Test
    void shouldCloseWhenTheConsumerHasAnsweredAndNothingComes() {
        consumer.answers = true;

        look(true, 1_000);

        assertThat(consumer.heard).containsExactly("ping", "leave", "ping", "ping", "close");
    }

    @Test
    void shouldAskWhenTheConsumerIsAwake() {
        look(true, 200);
        consumer.answers = true;
        look(true, 20);
        assertThat(consumer.heard).as("an answer after 200 ms is not prompt").containsExactly("ping", "ping");

        look(true, 20);
        assertThat(consumer.heard).endsWith("leave", "ping");
    }

    @Test
    void shouldAskInTheEndAConsumerThatIsAlwaysSlow() {
        look(true, Farewell.PROMPT_WITHIN.toMillis() + 20);

        assertThat(consumer.heard).containsExactly("ping", "leave", "ping");
    }

    /** Measured: a consumer that stood still for 0.8 s, then sent what had been waiting. */
    @Test
    void shouldNotCloseAConsumerThatStandsStill() {
        consumer.answers = true;
        look(true, 40);
        consumer.answers = false;
        look(true, 3_000);
        assertThat(consumer.heard).containsExactly("ping", "leave", "ping");

        consumer.answers = true;
        look(true, 480);
        consumer.requests++;
        look(true, 480);
        assertThat(consumer.heard).doesNotContain("close");

        look(true, 520);
        assertThat(consumer.heard).endsWith("ping", "close");
    }

    @Test
    void shouldBeginToWaitAnewWhenACallComesBeforeTheLastAnswer() {
        consumer.answers = true;
        look(true, 40);
        consumer.answersLeft = 2;
        look(true, 520);
        assertThat(consumer.heard).containsExactly("ping", "leave", "ping", "ping");

        consumer.requests++;
        consumer.answersLeft = Integer.MAX_VALUE;
        look(true, 480);
        assertThat(consumer.heard).doesNotContain("close");

        look(true, 60);
        assertThat(consumer.heard).containsExactly("ping", "leave", "ping", "ping", "ping", "close");
    }

    @Test
    void shouldNotCloseUnderARunningCall() {
        consumer.answers = true;
        consumer.busy = true;
        look(true, 15_000);
        assertThat(consumer.heard).doesNotContain("close");

        consumer.busy = false;
        look(true, 600);
        assertThat(consumer.heard).endsWith("close");
    }

    @Test
    void shouldNotWaitForAConsumerThatIsGone() {
        look(true, Farewell.PROMPT_WITHIN.toMillis() + 2 * Farewell.NO_ANSWER.toMillis() + 600);

        assertThat(consumer.heard).containsExactly("ping", "leave", "ping", "ping", "close");
    }

    private void look(boolean due, long millis) {
        for (long passed = 0; passed < millis; passed += LOOK_EVERY_MILLIS) {
            nanos += Duration.ofMillis(LOOK_EVERY_MILLIS).toNanos();
            farewell.look(due, PATIENCE);
        }
    }

    /** The other side, and its connection. */
    private static final class Consumer implements ConsumerConnection {
        private final List<String> heard = new ArrayList<>();
        private boolean answers;
        private int answersLeft = Integer.MAX_VALUE;
        private boolean busy;
        private long requests;
        private int pings;

        @Override
        public void askToLeave() {
            heard.add("leave");
        }

        @Override
        public void ping() {
            heard.add("ping");
            pings++;
        }

        @Override
        public boolean answered() {
            return answers && pings <= answersLeft;
        }

        @Override
        public boolean busy() {
            return busy;
        }

        @Override
        public long requests() {
            return requests;
        }

        @Override
        public void close(Duration patience) {
            heard.add("close");
        }
    }
}
