package io.landfall.registry.springcloud;

import io.landfall.registry.ExternalAddress;
import java.util.Optional;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.consul.discovery.ConsulDiscoveryClient;
import org.springframework.cloud.consul.discovery.ConsulServerUtils;
import org.springframework.cloud.consul.serviceregistry.ConsulRegistration;
import org.springframework.cloud.consul.serviceregistry.ConsulServiceRegistry;

/**
 * Consul replaces an entry by what is registered with the same id.
 *
 * <p>Only what is in the registry is registered again, so a service that is not ready yet or has left does not come in by this; and only
 * what the registry then shows has moved, since Spring Cloud may keep a failure to itself
 * ({@code spring.cloud.consul.discovery.fail-fast=false}).
 */
final class ConsulEntry implements RegistryEntry {

    private final ObjectProvider<ConsulRegistration> registrations;
    private final ObjectProvider<ConsulServiceRegistry> registries;
    private final ObjectProvider<ConsulDiscoveryClient> clients;

    ConsulEntry(
            ObjectProvider<ConsulRegistration> registrations,
            ObjectProvider<ConsulServiceRegistry> registries,
            ObjectProvider<ConsulDiscoveryClient> clients) {
        this.registrations = registrations;
        this.registries = registries;
        this.clients = clients;
    }

    @Override
    public String registry() {
        return "Consul";
    }

    @Override
    public boolean exists() {
        return registrations.getIfAvailable() != null;
    }

    @Override
    public boolean moveTo(ExternalAddress address) {
        ConsulRegistration registration = registrations.getObject();
        change(registration, address);
        Optional<ServiceInstance> entry = entry(registration);
        if (entry.isEmpty()) {
            return false;
        }
        if (isAt(registration, entry.get())) {
            return true;
        }
        registries.getObject().register(registration);
        return false;
    }

    /** By names: the class behind "service" is another one in each line of Spring Cloud. Its heartbeat has the same object. */
    private static void change(ConsulRegistration registration, ExternalAddress address) {
        BeanWrapper bean = new BeanWrapperImpl(registration);
        bean.setPropertyValue("service.address", address.host());
        address.port().ifPresent(port -> bean.setPropertyValue("service.port", port));
    }

    private Optional<ServiceInstance> entry(ConsulRegistration registration) {
        DiscoveryClient consul = clients.getObject();
        return consul.getInstances(registration.getServiceId()).stream()
                .filter(instance -> registration.getInstanceId().equals(instance.getInstanceId()))
                .findFirst();
    }

    private static boolean isAt(ConsulRegistration registration, ServiceInstance entry) {
        // What was read has an IPv6 address in brackets and in full.
        return entry.getHost().equals(ConsulServerUtils.fixIPv6Address(registration.getHost()))
                && entry.getPort() == registration.getPort();
    }
}
