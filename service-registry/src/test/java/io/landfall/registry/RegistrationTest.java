package io.landfall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wished for, against a registry in memory; real registries are asked in the package {@code http}. */
class RegistrationTest {

    private final Notebook notebook = new Notebook();
    private final LogLines log = new LogLines();
    private final List<Registration> made = new ArrayList<>();

    @AfterEach
    void close() {
        notebook.mayAnswer.countDown();
        made.forEach(Registration::close);
        log.close();
    }

    @Test
    void shouldEnterKeepAndTakeOut() {
        Registration registration = orders();

        registration.register();
        await().until(() -> notebook.calls.stream().filter("renew"::equals).count() >= 3);

        assertThat(registration.registered()).isTrue();
        assertThat(notebook.calls).startsWith("enter 203.0.113.10:8080", "renew");
        assertThat(registration.withdraw()).isTrue();
        assertThat(registration.registered()).isFalse();
        assertThat(notebook.calls).endsWith("remove");
    }

    @Test
    void shouldTakeOutOnceHoweverManyAsk() throws Exception {
        Registration registration = orders();
        registration.register();
        await().until(registration::registered);

        List<Boolean> answers = atOnce(8, registration::withdraw);

        assertThat(answers).containsOnly(true);
        assertThat(notebook.calls).containsOnlyOnce("remove");
    }

    @Test
    void shouldEndWithTheLastWishHoweverOftenItChanges() throws Exception {
        Registration registration = orders();

        atOnce(4, () -> {
            for (int i = 0; i < 250; i++) {
                registration.register();
                registration.withdraw();
            }
            return true;
        });

        registration.register();
        await().until(() -> notebook.entered);
        assertThat(registration.withdraw()).isTrue();
        assertThat(notebook.entered).isFalse();
    }

    @Test
    void shouldTakeOutWhatIsEnteredWhileItIsWithdrawn() throws Exception {
        notebook.hangs = true;
        Registration registration = orders();
        registration.register();
        notebook.called.await();

        CompletableFuture<Boolean> withdrawn = new CompletableFuture<>();
        Thread waiting = new Thread(() -> withdrawn.complete(registration.withdraw()));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        notebook.mayAnswer.countDown();

        assertThat(withdrawn.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(notebook.entered).isFalse();
        assertThat(notebook.calls).containsExactly("enter 203.0.113.10:8080", "remove");
    }

    @Test
    void shouldNotWaitLongerForARegistryThanItsBound() throws Exception {
        notebook.hangs = true;
        Registration registration = orders(Duration.ofMillis(300));
        registration.register();
        notebook.called.await();

        long begin = System.nanoTime();
        assertThat(registration.withdraw()).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(30));
        assertThat(log.lines()).anyMatch(line -> line.contains("did not take the entry out within 300 ms"));
    }

    @Test
    void shouldEnterAnewWhatTheRegistryForgot() {
        Registration registration = orders();
        registration.register();
        await().until(registration::registered);

        notebook.entered = false;

        await().until(() -> notebook.entered);
        assertThat(log.lines()).containsOnlyOnce("WARN notebook no longer knows orders-0: registering anew");
    }

    @Test
    void shouldSayTheSameFailureOnceAndThatItIsOver() {
        notebook.fails = true;
        Registration registration = orders();
        registration.register();
        await().until(() -> notebook.calls.size() > 5);
        assertThat(registration.registered()).isFalse();

        notebook.fails = false;

        await().until(() -> log.lines().stream().anyMatch(line -> line.startsWith("INFO Registered")));
        assertThat(registration.registered()).isTrue();
        assertThat(log.lines())
                .containsOnlyOnce("WARN Registering orders-0 failed, will try again: the notebook is full")
                .endsWith("INFO Registered orders-0 as orders at 203.0.113.10:8080 in notebook");
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        RegistrationBuilder wrong = Registration.of("")
                .port(70_000)
                .metadata(Map.of("landfall.pod", "x"))
                .healthPath("health")
                .withdrawWithin(Duration.ZERO);

        assertThat(wrong.violations()).hasSize(5);
        assertThatThrownBy(() -> wrong.in(notebook))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000")
                .hasMessageContaining("'health'");
    }

    @Test
    void shouldNotRegisterOnceClosed() {
        Registration registration = orders();
        registration.register();
        await().until(registration::registered);

        registration.close();
        registration.close();

        assertThat(notebook.entered).isFalse();
        assertThatThrownBy(registration::register).isInstanceOf(IllegalStateException.class);
    }

    private Registration orders() {
        return orders(Duration.ofSeconds(10));
    }

    private Registration orders(Duration withdrawWithin) {
        RegistrySettings settings = Notebook.settings("landfall.registry.address", "203.0.113.10");
        Registration registration = notebook.orders(settings, withdrawWithin);
        made.add(registration);
        return registration;
    }

    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(Collections.nCopies(threads, task))) {
                results.add(result.get(10, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
