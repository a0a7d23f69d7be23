package io.landfall.registry.springcloud;

import org.apache.curator.x.discovery.ServiceDiscovery;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.consul.discovery.ConsulDiscoveryClient;
import org.springframework.cloud.consul.serviceregistry.ConsulRegistration;
import org.springframework.cloud.consul.serviceregistry.ConsulServiceRegistry;
import org.springframework.cloud.netflix.eureka.serviceregistry.EurekaRegistration;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.cloud.zookeeper.serviceregistry.ZookeeperRegistration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Lets an application that registers an external address follow it, in each registry that it has a client for. */
@AutoConfiguration
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnBean(AddressProperties.class)
public class FollowAddressAutoConfiguration {

    /** Made by Spring. */
    public FollowAddressAutoConfiguration() {}

    @Bean
    AddressFollower landfallAddressFollower(
            AddressProperties told, ConfigurableEnvironment environment, ObjectProvider<RegistryEntry> entries) {
        return new AddressFollower(told, environment, entries);
    }

    /** Eureka's part. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EurekaRegistration.class)
    static class EurekaPart {
        @Bean
        RegistryEntry landfallEurekaEntry(ObjectProvider<EurekaRegistration> registrations) {
            return new EurekaEntry(registrations);
        }
    }

    /** Consul's part. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConsulRegistration.class)
    static class ConsulPart {
        @Bean
        RegistryEntry landfallConsulEntry(
                ObjectProvider<ConsulRegistration> registrations,
                ObjectProvider<ConsulServiceRegistry> registries,
                ObjectProvider<ConsulDiscoveryClient> clients) {
            return new ConsulEntry(registrations, registries, clients);
        }
    }

    /** ZooKeeper's part. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ZookeeperRegistration.class, ServiceDiscovery.class})
    static class ZooKeeperPart {
        @Bean
        RegistryEntry landfallZooKeeperEntry(
                ObjectProvider<ZookeeperRegistration> registrations,
                ObjectProvider<ServiceDiscovery<ZookeeperInstance>> discoveries) {
            return new ZooKeeperEntry(registrations, discoveries);
        }
    }
}
