package io.landfall.shutdown.dubbo.consumer;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.config.ConfigurationUtils;

/** What a consumer may configure, wherever Dubbo reads its own configuration from. */
final class ConsumerSettings {

    /** {@code false} leaves this application's consumers as Dubbo made them. */
    static final String RENEW = "landfall.consumer.renew";

    private ConsumerSettings() {}

    static boolean renews(URL url) {
        return ConfigurationUtils.getGlobalConfiguration(url.getOrDefaultApplicationModel())
                .getBoolean(RENEW, true);
    }
}
