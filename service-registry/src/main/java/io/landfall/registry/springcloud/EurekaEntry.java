package io.landfall.registry.springcloud;

import com.netflix.appinfo.InstanceInfo;
import io.landfall.registry.ExternalAddress;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.netflix.eureka.EurekaInstanceConfigBean;
import org.springframework.cloud.netflix.eureka.serviceregistry.EurekaRegistration;

/**
 * Eureka's client has a copy of its entry, which it sends again when that is dirty: every 30 seconds by default
 * ({@code eureka.client.instance-info-replication-interval-seconds}), and again until the server has taken it. The server replaces one
 * by the other.
 *
 * <p>The client also makes the copy's host the configuration's from time to time, so both change.
 */
final class EurekaEntry implements RegistryEntry {

    private final ObjectProvider<EurekaRegistration> registrations;

    EurekaEntry(ObjectProvider<EurekaRegistration> registrations) {
        this.registrations = registrations;
    }

    @Override
    public String registry() {
        return "Eureka";
    }

    @Override
    public boolean exists() {
        return registrations.getIfAvailable() != null;
    }

    @Override
    public boolean moveTo(ExternalAddress address) {
        EurekaRegistration registration = registrations.getObject();
        if (!(registration.getInstanceConfig() instanceof EurekaInstanceConfigBean configuration)) {
            throw new IllegalStateException(
                    "the EurekaInstanceConfig is the application's own, which must follow the address itself");
        }
        InstanceInfo info = registration.getApplicationInfoManager().getInfo();
        ExternalAddress from = new ExternalAddress(info.getHostName(), OptionalInt.of(info.getPort()));
        configure(configuration, from, address.withPort(address.port().orElse(info.getPort())));
        copy(configuration, info);
        return true;
    }

    /** The host comes last: when the client sees another one, it may send the copy at once. */
    private static void configure(EurekaInstanceConfigBean configuration, ExternalAddress from, ExternalAddress to) {
        configuration.setNonSecurePort(to.port().orElseThrow());
        configuration.setHomePageUrl(moved(configuration.getHomePageUrl(), from, to));
        configuration.setStatusPageUrl(moved(configuration.getStatusPageUrl(), from, to));
        configuration.setHealthCheckUrl(moved(configuration.getHealthCheckUrl(), from, to));
        configuration.setSecureHealthCheckUrl(moved(configuration.getSecureHealthCheckUrl(), from, to));
        if (DiscoveryProperties.isIp(to)) {
            configuration.setIpAddress(to.host());
        }
        configuration.setPreferIpAddress(DiscoveryProperties.isIp(to));
        configuration.setHostname(to.host());
    }

    /** As the client itself makes it at the start; the builder changes what it was made with. */
    private static void copy(EurekaInstanceConfigBean from, InstanceInfo info) {
        new InstanceInfo.Builder(info)
                .setNamespace(from.getNamespace())
                .setPort(from.getNonSecurePort())
                .setIPAddr(from.getIpAddress())
                .setHostName(from.getHostName(false))
                .setHomePageUrl(from.getHomePageUrlPath(), from.getHomePageUrl())
                .setStatusPageUrl(from.getStatusPageUrlPath(), from.getStatusPageUrl())
                .setHealthCheckUrls(
                        from.getHealthCheckUrlPath(), from.getHealthCheckUrl(), from.getSecureHealthCheckUrl());
        info.setIsDirty();
    }

    /** Where a URL has the old address, or its host with a port of its own, now the new one; what else it says stays. */
    private static @Nullable String moved(@Nullable String url, ExternalAddress from, ExternalAddress to) {
        if (url == null) {
            return null;
        }
        String there = url.replaceFirst("//" + Pattern.quote(from.toString()) + "(?=[/?#]|$)", "//" + to);
        return there.replaceFirst("//" + Pattern.quote(host(from)) + "(?=[:/?#]|$)", "//" + host(to));
    }

    private static String host(ExternalAddress address) {
        return new ExternalAddress(address.host(), OptionalInt.empty()).toString();
    }
}
