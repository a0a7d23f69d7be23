package io.landfall.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.shutdown.Readiness.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final Readiness readiness = new Readiness();
    private final List<String> seen = new ArrayList<>();

    @Test
    void shouldStartNotReady() {
        assertThat(readiness.state()).isEqualTo(State.STARTING);
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.probe()).isFalse();
    }

    @Test
    void shouldBeReadyOnceAccepted() {
        readiness.accept();

        assertThat(readiness.state()).isEqualTo(State.ACCEPTING);
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.probe()).isTrue();
    }

    @Test
    void shouldNeverGoBackFromRefusing() {
        readiness.accept();
        readiness.refuse();
        readiness.accept();

        assertThat(readiness.state()).isEqualTo(State.REFUSING);
        assertThat(readiness.probe()).isFalse();
    }

    @Test
    void shouldRefuseForGoodEvenBeforeItAccepted() {
        readiness.refuse();
        readiness.accept();

        assertThat(readiness.state()).isEqualTo(State.REFUSING);
    }

    @Test
    void shouldCountAsSeenWhenNobodyProbes() {
        readiness.whenSeenReady(() -> seen.add("before"));
        assertThat(seen).isEmpty();

        readiness.accept();
        assertThat(seen).containsExactly("before");

        readiness.whenSeenReady(() -> seen.add("after"));
        assertThat(seen).containsExactly("before", "after");
    }

    @Test
    void shouldWaitForTheProbeThatSeesItReady() {
        readiness.expectProbes();
        readiness.whenSeenReady(() -> seen.add("before"));

        assertThat(readiness.probe()).isFalse();
        readiness.accept();
        readiness.whenSeenReady(() -> seen.add("between"));
        assertThat(seen).isEmpty();

        readiness.probe();
        assertThat(seen).containsExactly("before", "between");

        readiness.whenSeenReady(() -> seen.add("after"));
        assertThat(seen).containsExactly("before", "between", "after");
    }

    @Test
    void shouldRunEachActionOnce() {
        readiness.expectProbes();
        readiness.whenSeenReady(() -> seen.add("once"));
        readiness.accept();

        readiness.probe();
        readiness.probe();
        readiness.accept();

        assertThat(seen).containsExactly("once");
    }

    @Test
    void shouldNotCountAPlainLookAsAProbe() {
        readiness.expectProbes();
        readiness.whenSeenReady(() -> seen.add("action"));
        readiness.accept();

        assertThat(readiness.ready()).isTrue();

        assertThat(seen).isEmpty();
    }

    @Test
    void shouldRunNoActionThatComesWhileItRefuses() {
        readiness.accept();
        readiness.refuse();

        readiness.whenSeenReady(() -> seen.add("too late"));

        assertThat(seen).isEmpty();
    }

    @Test
    void shouldNeverRunAnActionIfItWasNeverReady() {
        readiness.whenSeenReady(() -> seen.add("before"));
        readiness.refuse();
        readiness.accept();
        readiness.probe();
        readiness.whenSeenReady(() -> seen.add("after"));

        assertThat(seen).isEmpty();
    }

    @Test
    void shouldNotRunAnActionAfterItStoppedBeingReadyUnseen() {
        readiness.expectProbes();
        readiness.whenSeenReady(() -> seen.add("action"));
        readiness.accept();
        readiness.refuse();

        assertThat(readiness.probe()).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldRunTheOtherActionsWhenOneFails() {
        readiness.whenSeenReady(() -> seen.add("first"));
        readiness.whenSeenReady(() -> {
            throw new IllegalStateException("no registry");
        });
        readiness.whenSeenReady(() -> {
            throw new IllegalStateException("no queue");
        });
        readiness.whenSeenReady(() -> seen.add("last"));

        assertThatThrownBy(readiness::accept).hasMessage("no registry").satisfies(failure -> assertThat(
                        failure.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other).hasMessage("no queue")));
        assertThat(seen).containsExactly("first", "last");
        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void shouldNotWaitForeverForAProberThatDoesNotCome() {
        List<Runnable> afterPatience = new ArrayList<>();
        Readiness readiness = new Readiness(afterPatience::add);
        readiness.expectProbes();
        AtomicInteger runs = new AtomicInteger();
        readiness.whenSeenReady(runs::incrementAndGet);
        readiness.accept();
        assertThat(runs).hasValue(0);
        assertThat(readiness.awaitsProbe()).isTrue();

        afterPatience.forEach(Runnable::run);

        assertThat(runs).hasValue(1);
        assertThat(readiness.awaitsProbe()).isFalse();
    }

    @Test
    void shouldNotTakeAServiceForSeenThatRefusesBeforeItsProberCame() {
        List<Runnable> afterPatience = new ArrayList<>();
        Readiness readiness = new Readiness(afterPatience::add);
        readiness.expectProbes();
        AtomicInteger runs = new AtomicInteger();
        readiness.whenSeenReady(runs::incrementAndGet);
        readiness.accept();
        readiness.refuse();

        afterPatience.forEach(Runnable::run);

        assertThat(runs).hasValue(0);
    }
}
