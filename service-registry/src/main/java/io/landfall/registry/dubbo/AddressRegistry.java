package io.landfall.registry.dubbo;

import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.NotifyListener;
import org.apache.dubbo.registry.Registry;

/** A registry that enters the external address wherever a provider would enter its own. */
final class AddressRegistry implements Registry {

    private final Registry registry;
    private final Entered entered;

    AddressRegistry(Registry registry, Entered entered) {
        this.registry = registry;
        this.entered = entered;
    }

    @Override
    public void register(URL url) {
        if (ProviderEntries.isProvider(url)) {
            entered.enter(url);
        } else {
            registry.register(url);
        }
    }

    @Override
    public void unregister(URL url) {
        if (ProviderEntries.isProvider(url)) {
            entered.withdraw(url);
        } else {
            registry.unregister(url);
        }
    }

    @Override
    public void subscribe(URL url, NotifyListener listener) {
        registry.subscribe(url, listener);
    }

    @Override
    public void unsubscribe(URL url, NotifyListener listener) {
        registry.unsubscribe(url, listener);
    }

    @Override
    public List<URL> lookup(URL url) {
        return registry.lookup(url);
    }

    @Override
    public int getDelay() {
        return registry.getDelay();
    }

    @Override
    public boolean isServiceDiscovery() {
        return registry.isServiceDiscovery();
    }

    @Override
    public URL getUrl() {
        return registry.getUrl();
    }

    @Override
    public boolean isAvailable() {
        return registry.isAvailable();
    }

    @Override
    public void destroy() {
        entered.close();
        registry.destroy();
    }

    /** Without what a registry's URL may have in it. */
    @Override
    public String toString() {
        return "AddressRegistry[" + getUrl().getProtocol() + "://" + getUrl().getAddress() + "]";
    }
}
