package io.landfall.shutdown.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.shutdown.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LastWithdrawalsTest {

    private static final Deadline FAR = Deadline.in(Duration.ofSeconds(20));

    private final List<String> left = new ArrayList<>();
    private final LastWithdrawals withdrawals = new LastWithdrawals(Duration.ofMillis(200));

    @Test
    void shouldNotLeaveBeforeItIsTime() throws InterruptedException {
        withdrawals.add(() -> left.add("first"));

        withdrawals.run(Deadline.in(Duration.ofMillis(50)));
        assertThat(left).isEmpty();
        withdrawals.allow();
        withdrawals.run(FAR);

        assertThat(left).containsExactly("first");
        assertThat(withdrawals.isEmpty()).isTrue();
    }

    @Test
    void shouldWaitForNothingWhereThereIsNothing() throws InterruptedException {
        withdrawals.run(FAR);

        assertThat(FAR.remaining()).isGreaterThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldLeaveTheOthersThoughOneRefuses() {
        withdrawals.add(() -> {
            throw new IllegalStateException("first refuses");
        });
        withdrawals.add(() -> left.add("second"));
        withdrawals.allow();

        assertThatThrownBy(() -> withdrawals.run(FAR)).hasMessage("first refuses");
        assertThat(left).containsExactly("second");
    }

    @Test
    void shouldNotWaitForARegistryThatHangs() {
        CountDownLatch never = new CountDownLatch(1);
        withdrawals.add(() -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        withdrawals.allow();

        assertThatThrownBy(() -> withdrawals.run(FAR)).hasMessage("no answer within 200 ms");
    }
}
