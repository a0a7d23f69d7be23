package io.landfall.registry.dubbo;

import java.util.List;
import java.util.Set;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.metadata.MetadataInfo;
import org.apache.dubbo.registry.NotifyListener;
import org.apache.dubbo.registry.client.ServiceDiscovery;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.event.listener.ServiceInstancesChangedListener;

/** A service discovery that enters this pod's name outside wherever an instance would enter its own address. */
final class InstanceDiscovery implements ServiceDiscovery {

    private final ServiceDiscovery discovery;
    private final EnteredInstance entered;

    InstanceDiscovery(ServiceDiscovery discovery, EnteredInstance entered) {
        this.discovery = discovery;
        this.entered = entered;
    }

    @Override
    public void register(URL provider) {
        entered.add(provider);
    }

    @Override
    public void unregister(URL provider) {
        entered.remove(provider);
    }

    @Override
    public void register() {
        entered.enter();
    }

    @Override
    public void update() {
        entered.refresh();
    }

    @Override
    public void unregister() {
        entered.withdraw();
    }

    @Override
    public void subscribe(URL url, NotifyListener listener) {
        discovery.subscribe(url, listener);
    }

    @Override
    public void unsubscribe(URL url, NotifyListener listener) {
        discovery.unsubscribe(url, listener);
    }

    @Override
    public List<URL> lookup(URL url) {
        return discovery.lookup(url);
    }

    @Override
    public Set<String> getServices() {
        return discovery.getServices();
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceName) {
        return discovery.getInstances(serviceName);
    }

    @Override
    public void addServiceInstancesChangedListener(ServiceInstancesChangedListener listener) {
        discovery.addServiceInstancesChangedListener(listener);
    }

    @Override
    public void removeServiceInstancesChangedListener(ServiceInstancesChangedListener listener) {
        discovery.removeServiceInstancesChangedListener(listener);
    }

    @Override
    public ServiceInstancesChangedListener createListener(Set<String> serviceNames) {
        return discovery.createListener(serviceNames);
    }

    @Override
    public ServiceInstance getLocalInstance() {
        return discovery.getLocalInstance();
    }

    @Override
    public MetadataInfo getLocalMetadata() {
        return discovery.getLocalMetadata();
    }

    @Override
    public MetadataInfo getLocalMetadata(String revision) {
        return discovery.getLocalMetadata(revision);
    }

    @Override
    public MetadataInfo getRemoteMetadata(String revision) {
        return discovery.getRemoteMetadata(revision);
    }

    @Override
    public MetadataInfo getRemoteMetadata(String revision, List<ServiceInstance> instances) {
        return discovery.getRemoteMetadata(revision, instances);
    }

    @Override
    public URL getUrl() {
        return discovery.getUrl();
    }

    @Override
    public long getDelay() {
        return discovery.getDelay();
    }

    @Override
    public boolean isAvailable() {
        return discovery.isAvailable();
    }

    @Override
    public boolean isDestroy() {
        return discovery.isDestroy();
    }

    @Override
    public void destroy() throws Exception {
        entered.close();
        discovery.destroy();
    }

    @Override
    public int getPriority() {
        return discovery.getPriority();
    }

    @Override
    public String toString() {
        return "InstanceDiscovery[" + discovery + "]";
    }
}
