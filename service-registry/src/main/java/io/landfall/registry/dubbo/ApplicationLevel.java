package io.landfall.registry.dubbo;

import io.landfall.registry.RegistrySettings;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.registry.client.ServiceInstance;
import org.apache.dubbo.registry.client.ServiceInstanceCustomizer;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

/**
 * Dubbo's other way to register: one entry for the whole application. Refused behind an external address.
 *
 * <p>ZooKeeper and Nacos keep application-level entries by host and port, so all pods behind one address would share one
 * entry: it counts as one instance, and the first pod that leaves takes it from all others (measured: the address was gone in
 * every restart). With the pod's own address, nobody outside the cluster reaches it, and consumers prefer it to the entries
 * that they can reach.
 *
 * <p>Made by Dubbo, which asks every customizer before it registers an instance.
 */
public final class ApplicationLevel implements ServiceInstanceCustomizer {

    private static final String SETTING = "landfall.registry.application-level";

    private @Nullable Boolean sharesAnAddress;

    /** Called by Dubbo. */
    public ApplicationLevel() {}

    /**
     * Stops a start that would register at this level too.
     *
     * @throws IllegalStateException saying what to do
     */
    static void refuse(URL registry, ApplicationModel application, RegistrySettings settings) {
        String mode = registry.getParameter(
                RegistryConstants.REGISTER_MODE_KEY,
                ConfigurationUtils.getCachedDynamicProperty(
                        application,
                        RegistryConstants.DUBBO_REGISTER_MODE_DEFAULT_KEY,
                        RegistryConstants.DEFAULT_REGISTER_MODE_ALL));
        if (!settings.dubbo().podIpAtApplicationLevel()
                && !RegistryConstants.DEFAULT_REGISTER_MODE_INTERFACE.equalsIgnoreCase(mode)) {
            throw refused(mode);
        }
    }

    /** An application that registers at this level alone. Dubbo logs what is thrown here, and does not register it. */
    @Override
    public void customize(ServiceInstance instance, ApplicationModel application) {
        if (sharesAnAddress()) {
            throw refused(RegistryConstants.DEFAULT_REGISTER_MODE_INSTANCE);
        }
    }

    /** Dubbo asks every half a minute, and an address that is not there is waited for. */
    private synchronized boolean sharesAnAddress() {
        Boolean known = sharesAnAddress;
        if (known == null) {
            RegistrySettings settings = RegistrySettings.ofThisJvm();
            known = settings.enabled()
                    && !settings.dubbo().podIpAtApplicationLevel()
                    && settings.addresses().find().isPresent();
            sharesAnAddress = known;
        }
        return known;
    }

    private static IllegalStateException refused(String mode) {
        return new IllegalStateException("dubbo.application.register-mode is '" + mode
                + "': at application level pods behind one external address cannot have fair shares, and the first that leaves"
                + " takes the others' entry with it. Set dubbo.application.register-mode=interface, or " + SETTING
                + "=pod-ip to register the pod's own address at that level, for consumers inside the cluster");
    }
}
