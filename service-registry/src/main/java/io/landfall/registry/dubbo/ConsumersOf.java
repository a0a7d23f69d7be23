package io.landfall.registry.dubbo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.common.url.component.ServiceConfigURL;
import org.apache.dubbo.common.utils.UrlUtils;
import org.apache.dubbo.registry.Constants;
import org.apache.dubbo.registry.NotifyListener;
import org.apache.dubbo.registry.Registry;
import org.jspecify.annotations.Nullable;

/** Who calls a provider, by its registry. Safe for any thread. */
final class ConsumersOf implements NotifyListener {

    private static final String ANY = CommonConstants.ANY_VALUE;

    private final @Nullable Registry registry;
    private final URL provider;
    private final int entries;
    private volatile List<URL> consumers = List.of();

    /**
     * Nobody is known before {@link #subscribe}.
     *
     * @param registry null: one that lists no consumers
     * @param entries how many connections each reference of a consumer has for every pod
     */
    ConsumersOf(@Nullable Registry registry, URL provider, int entries) {
        this.registry = registry;
        this.provider = provider;
        this.entries = entries;
    }

    URL provider() {
        return provider;
    }

    /**
     * How many connections one consumer may have to this process: a process that refers to the same service twice, with other
     * timeouts perhaps, has twice as many.
     */
    int connectionsOfOne() {
        return entries * referencesOfOne();
    }

    private int referencesOfOne() {
        return consumers.stream()
                .collect(Collectors.groupingBy(ConsumersOf::process, Collectors.counting()))
                .values()
                .stream()
                .mapToInt(Long::intValue)
                .max()
                .orElse(1);
    }

    private static String process(URL consumer) {
        return consumer.getHost() + " " + consumer.getParameter(CommonConstants.PID_KEY, "") + " "
                + consumer.getApplication();
    }

    /** A registry that cannot be reached is asked again by Dubbo itself. */
    void subscribe() {
        if (registry != null) {
            registry.subscribe(everyConsumer(), this);
        }
    }

    void unsubscribe() {
        if (registry != null) {
            registry.unsubscribe(everyConsumer(), this);
        }
    }

    @Override
    public void notify(List<URL> urls) {
        consumers = urls.stream().filter(this::calls).toList();
    }

    /** Their URLs have the protocol that they ask for, or none; where nobody is left, one says so. */
    private boolean calls(URL consumer) {
        String only = consumer.getParameter(CommonConstants.PROTOCOL_KEY);
        return !RegistryConstants.EMPTY_PROTOCOL.equals(consumer.getProtocol())
                && UrlUtils.isServiceKeyMatch(consumer, provider)
                && (only == null || List.of(only.split(",")).contains(provider.getProtocol()));
    }

    /** As dubbo-admin asks. */
    private URL everyConsumer() {
        String service = provider.getServiceInterface();
        Map<String, String> parameters = Map.of(
                CommonConstants.INTERFACE_KEY, service,
                CommonConstants.GROUP_KEY, ANY,
                CommonConstants.VERSION_KEY, ANY,
                CommonConstants.CLASSIFIER_KEY, ANY,
                CommonConstants.ENABLED_KEY, ANY,
                RegistryConstants.CATEGORY_KEY, RegistryConstants.CONSUMERS_CATEGORY,
                CommonConstants.CHECK_KEY, "false");
        return new ServiceConfigURL(Constants.ADMIN_PROTOCOL, provider.getHost(), 0, service, parameters)
                .setScopeModel(provider.getScopeModel());
    }
}
