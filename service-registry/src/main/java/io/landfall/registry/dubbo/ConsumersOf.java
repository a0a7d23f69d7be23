package io.landfall.registry.dubbo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.common.url.component.ServiceConfigURL;
import org.apache.dubbo.common.utils.UrlUtils;
import org.apache.dubbo.registry.Constants;
import org.apache.dubbo.registry.NotifyListener;
import org.apache.dubbo.registry.Registry;

/** How many consumers a provider has, by its registry. Safe for any thread. */
final class ConsumersOf implements NotifyListener {

    private static final String ANY = CommonConstants.ANY_VALUE;

    private final Registry registry;
    private final URL provider;
    private final int entries;
    private final boolean shared;
    private volatile List<URL> consumers = List.of();

    /**
     * Nobody is known before {@link #subscribe}.
     *
     * @param entries how many connections each consumer has for every pod
     * @param shared whether it has them for other providers too
     */
    ConsumersOf(Registry registry, URL provider, int entries, boolean shared) {
        this.registry = registry;
        this.provider = provider;
        this.entries = entries;
        this.shared = shared;
    }

    URL provider() {
        return provider;
    }

    /** How many connections they should have to this process. */
    int connections() {
        return consumers.size() * entries;
    }

    int entries() {
        return entries;
    }

    boolean shared() {
        return shared;
    }

    /** A name for the process of each consumer. */
    Set<String> processes() {
        return consumers.stream()
                .map(url -> url.getHost() + " " + url.getParameter(CommonConstants.PID_KEY, "") + " "
                        + url.getApplication())
                .collect(Collectors.toSet());
    }

    /** A registry that cannot be reached is asked again by Dubbo itself. */
    void subscribe() {
        registry.subscribe(everyConsumer(), this);
    }

    void unsubscribe() {
        registry.unsubscribe(everyConsumer(), this);
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
