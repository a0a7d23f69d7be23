package io.landfall.config.spring;

import io.landfall.config.LiveSnapshot;
import io.landfall.config.apollo.client.ClientSnapshot;
import org.springframework.util.ClassUtils;

/** Code that was written for Apollo's client, in applications that still have it, reads what Spring reads. */
final class ApolloClients {

    private static final boolean THERE = ClassUtils.isPresent(
            "com.ctrip.framework.apollo.spi.ApolloInjectorCustomizer", ApolloClients.class.getClassLoader());

    private ApolloClients() {}

    /**
     * Has the client read this.
     *
     * @return ends that
     * @throws IllegalStateException if the client has read from its server before
     */
    static Runnable use(LiveSnapshot live) {
        return THERE ? ClientSnapshot.use(live) : () -> {};
    }
}
