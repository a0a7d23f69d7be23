package io.landfall.shutdown.springcloud;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainStep;
import io.landfall.shutdown.spring.DrainAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.Bean;

/**
 * Ties the registrations of Spring Cloud to the drain; {@code landfall.drain.spring-cloud=false} leaves them to Spring Cloud.
 */
@AutoConfiguration(before = DrainAutoConfiguration.class)
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnProperty(
        name = {"landfall.drain.enabled", "landfall.drain.spring-cloud"},
        matchIfMissing = true)
public class CloudDrainAutoConfiguration {

    /** Made by Spring. */
    public CloudDrainAutoConfiguration() {}

    @Bean
    static RegistryGate landfallRegistryGate(ObjectProvider<Drain> drain) {
        return new RegistryGate(drain);
    }

    @Bean
    DrainStep landfallLeaveServiceRegistries(RegistryGate gate) {
        return new LeaveServiceRegistries(gate);
    }
}
