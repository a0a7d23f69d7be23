package io.landfall.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A registry that writes down what it is asked. */
final class Notebook implements ServiceRegistry {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final CountDownLatch called = new CountDownLatch(1);
    final CountDownLatch mayAnswer = new CountDownLatch(1);
    volatile boolean hangs;
    volatile boolean fails;
    volatile boolean entered;

    /** A registration of one instance in it, which looks for its address all the time. */
    Registration orders(RegistrySettings settings, Duration withdrawWithin) {
        return Registration.of("orders")
                .port(8080)
                .settings(settings)
                .withdrawWithin(withdrawWithin)
                .lookEvery(Duration.ofMillis(20))
                .in(this);
    }

    /** What a pod says, and one thing more. */
    static RegistrySettings settings(String name, String value) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "landfall.registry.enabled",
                "true",
                "landfall.registry.wait",
                "0s",
                "landfall.pod.name",
                "orders-0",
                name,
                value));
        return RegistrySettings.read(properties, Map.of());
    }

    @Override
    public String place() {
        return "notebook";
    }

    @Override
    public void enter(ServiceInstance instance) {
        answer("enter " + instance.address());
        entered = true;
    }

    @Override
    public boolean renew(ServiceInstance instance) {
        answer("renew");
        return entered;
    }

    @Override
    public void remove(ServiceInstance instance) {
        answer("remove");
        entered = false;
    }

    @Override
    public Duration heartbeat() {
        return Duration.ofMillis(20);
    }

    @Override
    public Duration pause(int failures) {
        return Duration.ofMillis(10);
    }

    private void answer(String call) {
        calls.add(call);
        called.countDown();
        if (fails) {
            throw new RegistryException("the notebook is full");
        }
        try {
            if (hangs) {
                mayAnswer.await();
            }
        } catch (InterruptedException stopped) {
            throw new RegistryException("interrupted");
        }
    }
}
