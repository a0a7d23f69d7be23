package io.landfall.shutdown.dubbo;

import io.landfall.shutdown.DrainSettings;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.model.ScopeModelInitializer;

/**
 * Dubbo's extension point that runs before anything of Dubbo is deployed: gives the framework model its
 * {@link DubboDrain}, and keeps Dubbo's own JVM hook from destroying Dubbo while calls are running.
 */
public final class DrainInitializer implements ScopeModelInitializer {

    /** Called by Dubbo. */
    public DrainInitializer() {}

    @Override
    public void initializeFrameworkModel(FrameworkModel frameworkModel) {
        // Dubbo reads this once, when it makes its hook, and only as a system property counts for every application.
        if (DrainSettings.ofThisJvm().enabled()
                && System.getProperty(CommonConstants.IGNORE_LISTEN_SHUTDOWN_HOOK) == null) {
            System.setProperty(CommonConstants.IGNORE_LISTEN_SHUTDOWN_HOOK, "true");
        }
        frameworkModel.getBeanFactory().registerBean(new DubboDrain(frameworkModel));
    }
}
