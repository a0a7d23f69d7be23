package io.landfall.registry.springcloud;

import io.landfall.registry.ExternalAddress;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.zookeeper.KeeperException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.cloud.zookeeper.serviceregistry.ZookeeperRegistration;

/**
 * In ZooKeeper an entry is a node, and gets other data. Registering it again would delete it first.
 *
 * <p>Curator remembers the new data, also where it could not write them: when its session is new, it writes these.
 */
final class ZooKeeperEntry implements RegistryEntry {

    private final ObjectProvider<ZookeeperRegistration> registrations;
    private final ObjectProvider<ServiceDiscovery<ZookeeperInstance>> discoveries;

    ZooKeeperEntry(
            ObjectProvider<ZookeeperRegistration> registrations,
            ObjectProvider<ServiceDiscovery<ZookeeperInstance>> discoveries) {
        this.registrations = registrations;
        this.discoveries = discoveries;
    }

    @Override
    public String registry() {
        return "ZooKeeper";
    }

    @Override
    public boolean exists() {
        return registrations.getIfAvailable() != null;
    }

    @Override
    public boolean moveTo(ExternalAddress address) {
        ServiceInstance<ZookeeperInstance> moved =
                moved(registrations.getObject().getServiceInstance(), address);
        try {
            discoveries.getObject().updateService(moved);
            return true;
        } catch (KeeperException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception notRegistered) {
            // Not yet, or no longer; Curator has no class of its own for it.
            return false;
        }
    }

    private static ServiceInstance<ZookeeperInstance> moved(
            ServiceInstance<ZookeeperInstance> entry, ExternalAddress address) {
        return new ServiceInstance<>(
                entry.getName(),
                entry.getId(),
                address.host(),
                address.port().isPresent() ? Integer.valueOf(address.port().getAsInt()) : entry.getPort(),
                entry.getSslPort(),
                entry.getPayload(),
                entry.getRegistrationTimeUTC(),
                entry.getServiceType(),
                entry.getUriSpec(),
                entry.isEnabled());
    }
}
