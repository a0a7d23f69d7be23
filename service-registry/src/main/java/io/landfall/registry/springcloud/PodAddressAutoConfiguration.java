package io.landfall.registry.springcloud;

import io.landfall.registry.RegistrySettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * With {@code landfall.registry.prefer-pod-ip=true}: Spring Cloud LoadBalancer calls pods at their own addresses, where entries say
 * them.
 */
@AutoConfiguration
@ConditionalOnClass(DelegatingServiceInstanceListSupplier.class)
@ConditionalOnProperty("landfall.registry.prefer-pod-ip")
public class PodAddressAutoConfiguration {

    /** What Spring Cloud adds to every client's context begins so. */
    private static final String EVERY_CLIENT = "default.";

    /**
     * Made by Spring.
     *
     * @throws IllegalArgumentException if the setting is neither true nor false
     */
    public PodAddressAutoConfiguration(Environment environment) {
        RegistrySettings.read(environment::getProperty, System.getenv());
    }

    @Bean
    LoadBalancerClientSpecification landfallPodAddresses() {
        return new LoadBalancerClientSpecification(
                EVERY_CLIENT + "landfallPodAddresses", new Class<?>[] {PodAddressConfiguration.class});
    }
}
