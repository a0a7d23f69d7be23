package io.landfall.registry.dubbo;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.RegistrySettings;
import java.util.Optional;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.common.lang.Prioritized;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.ServiceInstanceCustomizer;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * Dubbo's other way to register: one entry for the whole application. Refused at an address that pods share.
 *
 * <p>ZooKeeper and Nacos keep application-level entries by host and port, so all pods behind one address would share one
 * entry: it counts as one instance, and the first pod that leaves takes it from all others (measured: the address was gone in
 * every restart). With the pod's own address, nobody outside the cluster reaches it, and consumers prefer it to the entries
 * that they can reach. Below a wildcard name each pod has a host name, and so an entry of its own.
 *
 * <p>Made by Dubbo, which asks every customizer before it registers an instance.
 */
public final class ApplicationLevel implements ServiceInstanceCustomizer {

    private static final String SETTING = "landfall.registry.application-level";

    /** Called by Dubbo. */
    public ApplicationLevel() {}

    /**
     * Stops a start that would register a shared address at this level too.
     *
     * @throws IllegalStateException saying what to do
     */
    static void refuse(URL registry, ApplicationModel application, RegistrySettings settings) {
        String mode = mode(registry, application);
        if (!settings.dubbo().podIpAtApplicationLevel()
                && !RegistryConstants.DEFAULT_REGISTER_MODE_INTERFACE.equalsIgnoreCase(mode)) {
            throw refused(mode);
        }
    }

    /**
     * What an application registers at this level; empty where it registers its own address.
     *
     * @throws IllegalStateException if there is no external address, or one that pods share, and the settings do not allow that
     */
    static Optional<InstanceEntry> entry(URL registry, ApplicationModel application) {
        RegistrySettings settings = RegistrySettings.ofThisJvm();
        if (!settings.enabled() || settings.dubbo().podIpAtApplicationLevel()) {
            return Optional.empty();
        }
        Optional<ExternalAddress> address = ProviderEntries.address(settings);
        if (address.isPresent() && !address.get().wildcard()) {
            throw refused(mode(registry, application));
        }
        return address.map(wildcard -> shared(application, new InstanceEntry(wildcard, settings)));
    }

    /** One for all registries of an application, which share its metadata service. */
    private static InstanceEntry shared(ApplicationModel application, InstanceEntry made) {
        synchronized (application) {
            InstanceEntry known = application.getBeanFactory().getBean(InstanceEntry.class);
            if (known == null) {
                application.getBeanFactory().registerBean(made);
            }
            return known == null ? made : known;
        }
    }

    @Override
    public void customize(ServiceInstance instance, ApplicationModel application) {
        InstanceEntry entry = application.getBeanFactory().getBean(InstanceEntry.class);
        if (entry != null) {
            entry.describe(instance);
        }
    }

    /** After Dubbo's own, which say where the metadata service listens. */
    @Override
    public int getPriority() {
        return Prioritized.MIN_PRIORITY;
    }

    private static String mode(URL registry, ApplicationModel application) {
        return registry.getParameter(
                RegistryConstants.REGISTER_MODE_KEY,
                ConfigurationUtils.getCachedDynamicProperty(
                        application,
                        RegistryConstants.DUBBO_REGISTER_MODE_DEFAULT_KEY,
                        RegistryConstants.DEFAULT_REGISTER_MODE_ALL));
    }

    private static IllegalStateException refused(String mode) {
        return new IllegalStateException("dubbo.application.register-mode is '" + mode
                + "': at application level pods behind one external address cannot have fair shares, and the first that leaves"
                + " takes the others' entry with it. Set dubbo.application.register-mode=interface, or"
                + " landfall.registry.address to a wildcard name (*.name), below which each pod has an entry of its own, or "
                + SETTING
                + "=pod-ip to register the pod's own address at that level, for consumers inside the cluster");
    }
}
