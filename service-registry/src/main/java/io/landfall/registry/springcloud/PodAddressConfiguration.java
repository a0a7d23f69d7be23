package io.landfall.registry.springcloud;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** In the context of every load-balanced client: whatever lists its instances, stock or the user's own, is wrapped. */
@Configuration(proxyBeanMethods = false)
class PodAddressConfiguration {

    @Bean
    static BeanPostProcessor landfallPodAddressSuppliers() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ServiceInstanceListSupplier supplier ? new PodAddressSupplier(supplier) : bean;
            }
        };
    }
}
