package io.landfall.shutdown.spring;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.JvmShutdown;
import io.landfall.shutdown.WarmUp;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Ties a drain to the life of one context: ready when the application is, drained before anything else closes.
 *
 * <p>Listens first of all to {@code ContextClosedEvent}: the web server still answers then, and Dubbo, which listens last,
 * is still alive.
 */
final class ContextDrain implements GenericApplicationListener {

    private static final long BOOT_MAY_WAIT_MILLIS = 100;

    private final Drain drain;
    private final ApplicationContext context;
    private final ObjectProvider<WarmUp> warmUps;

    ContextDrain(Drain drain, ApplicationContext context, ObjectProvider<WarmUp> warmUps) {
        this.drain = drain;
        this.context = context;
        this.warmUps = warmUps;
        // Also to a drain that the application made itself. Not those of a parent, whose own drain has them.
        context.getBeansOfType(DrainStep.class).values().forEach(drain::add);
        drain.add(DrainStep.of("refuse traffic", DrainPhase.REFUSING, this::refuseTraffic));
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supportsEventType(ResolvableType type) {
        Class<?> event = type.toClass();
        return ApplicationReadyEvent.class.isAssignableFrom(event) || ContextClosedEvent.class.isAssignableFrom(event);
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == context) {
            WarmUp.runAll(warmUps.orderedStream().toList());
            drain.readiness().accept();
        } else if (event instanceof ContextClosedEvent closed && isOurs(closed)) {
            JvmShutdown.forceOnNextSignal(drain);
            if (drain.run("context close").forced()) {
                waitNoLonger();
            }
        }
    }

    /** The deadline has come; Boot's own graceful shutdown would wait half a minute more for the same calls. */
    private void waitNoLonger() {
        context.getBeanProvider(DefaultLifecycleProcessor.class)
                .ifAvailable(lifecycle -> lifecycle.setTimeoutPerShutdownPhase(BOOT_MAY_WAIT_MILLIS));
    }

    /** Child contexts (a management server, a Feign client) close too, and are not the application. */
    private boolean isOurs(ApplicationContextEvent event) {
        return event.getApplicationContext() == context;
    }

    private void refuseTraffic() {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    }
}
