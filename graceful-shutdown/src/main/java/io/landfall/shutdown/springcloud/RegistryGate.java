package io.landfall.shutdown.springcloud;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.Drain;
import io.landfall.shutdown.Readiness;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

/** Puts a {@link GatedRegistry} before every {@code ServiceRegistry} of a context. */
final class RegistryGate implements BeanPostProcessor {

    /** At most, between two attempts: pods that drain together should not ask together. */
    private static final long PAUSE_MILLIS = 500;

    private final Supplier<Readiness> readiness;
    private final List<GatedRegistry> gates = new CopyOnWriteArrayList<>();

    /**
     * A gate that asks a drain that does not have to exist yet.
     *
     * @param drain made when the first application registers
     */
    RegistryGate(ObjectProvider<Drain> drain) {
        readiness = () -> drain.getObject().readiness();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof ServiceRegistry<?> registry ? gated(registry) : bean;
    }

    /** A subclass, not only an interface: registries' own configurations ask for their own class. */
    @SuppressWarnings("unchecked") // A registry is only ever given registrations of its own kind.
    private Object gated(ServiceRegistry<?> registry) {
        GatedRegistry gate = new GatedRegistry((ServiceRegistry<Registration>) registry, readiness);
        gates.add(gate);
        ProxyFactory factory = new ProxyFactory(registry);
        factory.setProxyTargetClass(true);
        factory.addAdvice(gate);
        return factory.getProxy(registry.getClass().getClassLoader());
    }

    /**
     * Takes this application out of all registries, and tries again until it is out or the time is up.
     *
     * @throws IllegalStateException naming where it stays
     */
    void leave(Deadline deadline) throws InterruptedException {
        List<String> problems = leave();
        while (!problems.isEmpty()) {
            if (deadline.remaining().toMillis() <= PAUSE_MILLIS) {
                throw new IllegalStateException(String.join("; ", problems));
            }
            TimeUnit.MILLISECONDS.sleep(
                    PAUSE_MILLIS / 2 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS / 2));
            problems = leave();
        }
    }

    private List<String> leave() {
        return gates.stream().flatMap(gate -> gate.leave().stream()).toList();
    }
}
