package io.landfall.shutdown.dubbo;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.integration.ServiceURLCustomizer;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Keeps the tests' traffic on loopback: a name that {@code src/test/hosts} knows, since Dubbo accepts no 127.0.0.1. */
public final class LoopbackUrls implements ServiceURLCustomizer {
    @Override
    public URL customize(URL serviceUrl, ApplicationModel applicationModel) {
        return serviceUrl.setHost("provider.landfall.test");
    }
}
