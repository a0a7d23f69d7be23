package io.landfall.registry.dubbo;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.config.configcenter.DynamicConfiguration;
import org.apache.dubbo.common.config.configcenter.DynamicConfigurationFactory;

/**
 * Waits for the configuration centre, which is the registry unless somebody says otherwise, and the first that Dubbo connects to. Made
 * by Dubbo, which takes a constructor like this one for a wrapper.
 */
public final class ConfigCenterFactory implements DynamicConfigurationFactory {

    private final DynamicConfigurationFactory wrapped;
    private final FirstContact contact = new FirstContact();

    /** Called by Dubbo. */
    public ConfigCenterFactory(DynamicConfigurationFactory wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public DynamicConfiguration getDynamicConfiguration(URL url) {
        contact.awaitUnlessUnchecked(url);
        return wrapped.getDynamicConfiguration(url);
    }
}
