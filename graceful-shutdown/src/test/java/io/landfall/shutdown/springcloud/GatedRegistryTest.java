package io.landfall.shutdown.springcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPolicy;
import io.landfall.shutdown.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

class GatedRegistryTest {

    private final Readiness readiness = new Readiness();
    private final Recorder recorder = new Recorder();
    private final GatedRegistry gate = new GatedRegistry(recorder, () -> readiness);
    private final ServiceRegistry<Registration> gated = gated();
    private final Registration registration = new Instance();

    @Test
    void shouldKeepARegistrationBackUntilTheServiceIsReady() {
        gated.register(registration);
        assertThat(recorder.calls).isEmpty();

        readiness.accept();

        await().until(() -> recorder.calls.equals(List.of("register")));
    }

    @Test
    void shouldTryAgainUntilTheRegistryTakesIt() {
        recorder.refusals.set(2);
        gated.register(registration);

        readiness.accept();

        await().until(() -> recorder.calls.equals(List.of("refuse", "refuse", "register")));
    }

    @Test
    void shouldLeaveOnceHoweverOftenItIsTold() {
        gated.register(registration);
        readiness.accept();
        await().until(() -> !recorder.calls.isEmpty());

        gate.leave();
        gate.leave();
        gated.deregister(registration);

        assertThat(recorder.calls).containsExactly("register", "deregister");
    }

    @Test
    void shouldTryAgainToTakeOutWhatStays() {
        gated.register(registration);
        readiness.accept();
        await().until(() -> !recorder.calls.isEmpty());
        recorder.refusals.set(1);

        assertThat(gate.leave()).containsExactly("greeter at 192.0.2.1:8080 stays registered: IllegalStateException");
        assertThat(gate.leave()).isEmpty();

        assertThat(recorder.calls).containsExactly("register", "refuse", "deregister");
    }

    @Test
    void shouldTryAgainInADrainUntilItIsOutOrTheTimeIsUp() throws Exception {
        Drain drain = new Drain(DrainPolicy.STANDARD);
        drain.readiness().accept();
        RegistryGate all =
                new RegistryGate(new StaticListableBeanFactory(Map.of("drain", drain)).getBeanProvider(Drain.class));
        all.postProcessAfterInitialization(recorder, "registry");
        ((Recorder) all.postProcessAfterInitialization(recorder, "another")).register(registration);
        await().until(() -> recorder.calls.equals(List.of("register")));

        recorder.refusals.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> all.leave(Deadline.in(Duration.ofMillis(100))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("greeter at 192.0.2.1:8080 stays registered: IllegalStateException");
        recorder.refusals.set(1);
        all.leave(Deadline.in(Duration.ofMinutes(1)));

        assertThat(recorder.calls).containsExactly("register", "refuse", "refuse", "deregister");
    }

    @Test
    void shouldNotTakeOutWhatWasNeverEntered() {
        gated.register(registration);

        gate.leave();
        readiness.accept();

        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void shouldTakeOutWhatCouldNotBeRegisteredAgain() {
        gated.register(registration);
        readiness.accept();
        await().until(() -> !recorder.calls.isEmpty());
        gated.register(registration);
        recorder.refusals.set(1);

        assertThatThrownBy(() -> gated.register(registration)).hasMessage("the registry is away");
        gate.leave();

        assertThat(recorder.calls).containsExactly("register", "register", "refuse", "deregister");
    }

    @Test
    void shouldPassEverythingElseOn() {
        gated.setStatus(registration, "OUT_OF_SERVICE");
        gated.close();

        assertThat(recorder.calls).containsExactly("setStatus", "close");
    }

    @SuppressWarnings("unchecked")
    private ServiceRegistry<Registration> gated() {
        ProxyFactory factory = new ProxyFactory(recorder);
        factory.addAdvice(gate);
        return (ServiceRegistry<Registration>) factory.getProxy();
    }

    private static final class Instance extends DefaultServiceInstance implements Registration {
        Instance() {
            super("greeter-1", "greeter", "192.0.2.1", 8080, false);
        }
    }

    /** Notes what reaches the registry. */
    static class Recorder implements ServiceRegistry<Registration> {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final AtomicInteger refusals = new AtomicInteger();

        @Override
        public void register(Registration registration) {
            if (refusals.getAndDecrement() > 0) {
                calls.add("refuse");
                throw new IllegalStateException("the registry is away");
            }
            calls.add("register");
        }

        @Override
        public void deregister(Registration registration) {
            if (refusals.getAndDecrement() > 0) {
                calls.add("refuse");
                throw new IllegalStateException("the registry is away");
            }
            calls.add("deregister");
        }

        @Override
        public void close() {
            calls.add("close");
        }

        @Override
        public void setStatus(Registration registration, String status) {
            calls.add("setStatus");
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spring Cloud's own.
        public <T> T getStatus(Registration registration) {
            return (T) "UP";
        }
    }
}
