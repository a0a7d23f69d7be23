package io.landfall.config.apollo.client;

import com.ctrip.framework.apollo.build.ApolloInjector;
import com.ctrip.framework.apollo.core.spi.Ordered;
import com.ctrip.framework.apollo.spi.ApolloInjectorCustomizer;
import com.ctrip.framework.apollo.spi.ConfigFactory;
import com.ctrip.framework.apollo.util.ConfigUtil;
import org.jspecify.annotations.Nullable;

/**
 * Gives Apollo's client what makes its namespaces, where a snapshot is in use; everything else, and without a snapshot this too, is
 * Apollo's own. Found by {@link java.util.ServiceLoader}, for nobody else. Safe for several threads.
 */
public final class SnapshotInjector implements ApolloInjectorCustomizer {

    /** For {@link java.util.ServiceLoader}. */
    public SnapshotInjector() {}

    @Override
    public <T> @Nullable T getInstance(Class<T> type) {
        return type == ConfigFactory.class && ClientSnapshot.PROCESS.available() ? type.cast(factory()) : null;
    }

    /** The name is a namespace, and what has it stays with it as long as the process runs. */
    @Override
    public <T> @Nullable T getInstance(Class<T> type, String name) {
        T factory = getInstance(type);
        if (factory == null && type == ConfigFactory.class) {
            ClientSnapshot.PROCESS.leaveToServer(name);
        }
        return factory;
    }

    private static ConfigFactory factory() {
        String appId = ApolloInjector.getInstance(ConfigUtil.class).getAppId();
        return new SnapshotConfigFactory(ClientSnapshot.PROCESS, appId);
    }

    /** After an application's own, which so win. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
