package io.landfall.config.spring;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.SnapshotMetrics;
import io.landfall.config.actuator.BootFourHealth;
import io.landfall.config.actuator.BootThreeHealth;
import io.landfall.config.actuator.SnapshotEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/** Gives an application whose configuration is a snapshot its {@link LiveSnapshot}, and follows what is live. */
@AutoConfiguration
@Conditional(OnSnapshot.class)
public class SnapshotAutoConfiguration {

    /** Made by Spring. */
    public SnapshotAutoConfiguration() {}

    /** Which snapshot the application has. */
    @Bean
    @ConditionalOnMissingBean
    LiveSnapshot landfallLiveSnapshot(ConfigurableEnvironment environment) {
        return mounted(environment).live();
    }

    @Bean
    EnvironmentSwap landfallEnvironmentSwap(
            ConfigurableEnvironment environment, ApplicationContext context, ObjectProvider<BoundBeans> bound) {
        return new EnvironmentSwap(
                mounted(environment), environment, context, keys -> bound.ifAvailable(b -> b.changed(keys)));
    }

    @Bean
    ContextFollower landfallSnapshotFollower(ConfigurableEnvironment environment, EnvironmentSwap swap) {
        return new ContextFollower(mounted(environment), swap);
    }

    private static MountedSnapshot mounted(ConfigurableEnvironment environment) {
        return MountedSnapshot.in(environment).orElseThrow();
    }

    /** Beans that are bound again. */
    @FunctionalInterface
    interface BoundBeans {
        void changed(Set<String> keys);
    }

    /** What Spring Cloud knows of beans with configuration in them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({EnvironmentChangeEvent.class, RefreshScope.class})
    static class CloudPart {

        /** Not its ContextRefresher, which prepares a whole environment for what is known already. */
        @Bean
        BoundBeans landfallBoundBeans(ApplicationContext context, ObjectProvider<RefreshScope> scope) {
            return keys -> {
                try {
                    context.publishEvent(new EnvironmentChangeEvent(context, keys));
                } finally {
                    scope.ifAvailable(RefreshScope::refreshAll);
                }
            };
        }

        @Bean
        CatchUp landfallCatchUp(EnvironmentSwap swap) {
            return new CatchUp(swap);
        }
    }

    /** A revision may come while /actuator/refresh reads the one before. Beans are bound after this. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    record CatchUp(EnvironmentSwap swap) implements ApplicationListener<EnvironmentChangeEvent> {

        @Override
        public void onApplicationEvent(EnvironmentChangeEvent event) {
            swap.catchUp();
        }
    }

    /** Metrics, in applications that have Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsPart {
        @Bean
        SnapshotMetrics landfallSnapshotMetrics(LiveSnapshot live) {
            return new SnapshotMetrics(live);
        }
    }

    /** The endpoint, in applications that have the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Endpoint.class)
    static class EndpointPart {
        @Bean
        SnapshotEndpoint landfallSnapshotEndpoint(LiveSnapshot live) {
            return new SnapshotEndpoint(live);
        }
    }

    /** Health, as Boot 3 has it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.snapshot.enabled", matchIfMissing = true)
    static class BootThreePart {
        @Bean
        BootThreeHealth snapshotHealthIndicator(LiveSnapshot live) {
            return new BootThreeHealth(live);
        }
    }

    /** Health, as Boot 4 has it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.snapshot.enabled", matchIfMissing = true)
    static class BootFourPart {
        @Bean
        BootFourHealth snapshotHealthIndicator(LiveSnapshot live) {
            return new BootFourHealth(live);
        }
    }
}
