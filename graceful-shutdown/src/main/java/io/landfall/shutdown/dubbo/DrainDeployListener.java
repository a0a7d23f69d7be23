package io.landfall.shutdown.dubbo;

import org.apache.dubbo.common.deploy.ApplicationDeployListener;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Tells {@link DubboDrain} how far Dubbo has come. Called by Dubbo. */
public final class DrainDeployListener implements ApplicationDeployListener {

    /** Called by Dubbo. */
    public DrainDeployListener() {}

    /** Makes the drain, so that bad settings stop Dubbo's start and not its stop. */
    @Override
    public void onStarting(ApplicationModel applicationModel) {
        of(applicationModel).drain();
    }

    @Override
    public void onStarted(ApplicationModel applicationModel) {
        of(applicationModel).started();
    }

    @Override
    public void onInitialize(ApplicationModel applicationModel) {}

    @Override
    public void onStopping(ApplicationModel applicationModel) {
        // One of several applications that ends leaves the others as they are. It may have left their list by then.
        if (applicationModel.getFrameworkModel().getApplicationModels().stream()
                .allMatch(other -> other == applicationModel)) {
            of(applicationModel).drain().readiness().refuse();
        }
    }

    @Override
    public void onStopped(ApplicationModel applicationModel) {}

    @Override
    public void onFailure(ApplicationModel applicationModel, Throwable cause) {}

    private static DubboDrain of(ApplicationModel applicationModel) {
        return DubboDrain.of(applicationModel.getFrameworkModel());
    }
}
