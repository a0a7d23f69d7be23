package io.landfall.shutdown.spring;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainMetrics;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.Probers;
import io.landfall.shutdown.WarmUp;
import io.landfall.shutdown.actuator.DrainEndpoint;
import io.landfall.shutdown.dubbo.DubboDrain;
import io.landfall.shutdown.probe.ProbeServer;
import io.landfall.shutdown.servlet.InFlightFilter;
import io.landfall.shutdown.webflux.InFlightWebFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Objects;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.web.server.WebFilter;

/** Gives an application context its {@link Drain}; {@code landfall.drain.enabled=false} takes it away. */
@AutoConfiguration
@ConditionalOnProperty(name = "landfall.drain.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DrainProperties.class, ProbeProperties.class})
public class DrainAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DrainAutoConfiguration.class);

    /** Made by Spring. */
    public DrainAutoConfiguration() {}

    /** The drain of this context, unless the application has made one. */
    @Bean
    @ConditionalOnMissingBean
    Drain landfallDrain(DrainProperties properties) {
        properties.gracePeriodProblem().ifPresent(log::warn);
        return new Drain(properties.policy());
    }

    /** A pod's kubelet asks its web server, or its sidecar. */
    private static void expectProbesInAPod(Drain drain, Environment environment) {
        if (environment.containsProperty("KUBERNETES_SERVICE_HOST")) {
            drain.readiness().expectProbes();
        }
    }

    /** Whoever asks an actuator, on the port that the application has too. */
    @Bean
    @ConditionalOnMissingBean
    Probers landfallProbers(
            DrainProperties properties, @Value("${management.endpoints.web.base-path:/actuator}") String actuator) {
        List<String> configured = properties.probePaths();
        if (configured != null) {
            return new Probers(configured);
        }
        // An actuator may have the root for its own, where kubelets are known by their name.
        return new Probers(
                actuator.startsWith("/") ? List.of(actuator, "/livez", "/readyz") : List.of("/livez", "/readyz"));
    }

    @Bean
    ContextDrain landfallContextDrain(Drain drain, ApplicationContext context, ObjectProvider<WarmUp> warmUps) {
        return new ContextDrain(drain, context, warmUps);
    }

    /** Nobody asks for it, so a context that makes its beans late would never have it. */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @ConditionalOnProperty("landfall.probe.port")
    @ConditionalOnProperty(name = "landfall.probe.enabled", matchIfMissing = true)
    ProbeServer landfallProbeServer(Drain drain, ProbeProperties probe) {
        return ProbeServer.start(drain, probe.host(), Objects.requireNonNull(probe.port()), probe.secret());
    }

    @Bean
    DrainStep landfallStopSchedules(ObjectProvider<ScheduledTaskHolder> holders) {
        return TaskDrain.stopSchedules(holders);
    }

    @Bean
    DrainStep landfallFinishTasks(
            ObjectProvider<ThreadPoolTaskExecutor> executors, ObjectProvider<ThreadPoolTaskScheduler> schedulers) {
        return TaskDrain.finishTasks(executors, schedulers);
    }

    /** Dubbo's part, in applications that have Dubbo. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ApplicationModel.class)
    static class DubboPart {
        /** Before Dubbo starts, which it does when the context has been refreshed. Dubbo shows its model as a bean. */
        @Bean
        SmartInitializingSingleton landfallDubboDrain(Drain drain, ObjectProvider<ApplicationModel> models) {
            return () -> models.forEach(model -> join(DubboDrain.of(model.getFrameworkModel()), drain));
        }

        /** Contexts of one JVM are applications of one framework, as in a suite of tests that keeps them. */
        private static void join(DubboDrain dubbo, Drain drain) {
            if (!dubbo.tryUse(drain)) {
                log.warn("Another context of this JVM drains Dubbo: this one drains what else it has");
            }
        }
    }

    /** Requests of Tomcat, Jetty or another servlet container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ServletPart {
        @Bean
        FilterRegistrationBean<InFlightFilter> landfallInFlightFilter(
                Drain drain, Probers probers, Environment environment) {
            expectProbesInAPod(drain, environment);
            FilterRegistrationBean<InFlightFilter> first =
                    new FilterRegistrationBean<>(new InFlightFilter(drain, probers));
            first.setOrder(Ordered.HIGHEST_PRECEDENCE);
            first.setAsyncSupported(true);
            return first;
        }
    }

    /** Requests of WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class WebFluxPart {
        @Bean
        InFlightWebFilter landfallInFlightWebFilter(Drain drain, Probers probers, Environment environment) {
            expectProbesInAPod(drain, environment);
            return new InFlightWebFilter(drain, probers);
        }
    }

    /** Metrics, in applications that have Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsPart {
        @Bean
        DrainMetrics landfallDrainMetrics(Drain drain) {
            return new DrainMetrics(drain);
        }
    }

    /** The endpoint, in applications that have the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Endpoint.class)
    static class ActuatorPart {
        @Bean
        DrainEndpoint landfallDrainEndpoint(Drain drain) {
            return new DrainEndpoint(drain);
        }
    }
}
