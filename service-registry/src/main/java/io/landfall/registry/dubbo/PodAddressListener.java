package io.landfall.registry.dubbo;

import io.landfall.registry.PodAddress;
import io.landfall.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.registry.AddressListener;
import org.apache.dubbo.registry.client.InstanceAddressURL;
import org.apache.dubbo.rpc.cluster.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a consumer call pods at their own addresses, where entries say them and the consumer wants it:
 * {@code landfall.registry.prefer-pod-ip}. Made by Dubbo, which asks before it makes invokers of what a registry lists.
 *
 * <p>Only at interface level: an instance's ports are in metadata that pods share.
 */
@Activate
public final class PodAddressListener implements AddressListener {

    private static final Logger log = LoggerFactory.getLogger(PodAddressListener.class);

    private final AtomicBoolean complained = new AtomicBoolean();
    private @Nullable Boolean preferred;

    /** Called by Dubbo. */
    public PodAddressListener() {}

    @Override
    @SuppressWarnings("rawtypes") // as Dubbo declares it
    public List<URL> notify(List<URL> addresses, URL consumer, Directory directory) {
        return preferred() ? direct(addresses) : addresses;
    }

    /** A list that can be added to: Dubbo does, when a registry has nothing left. */
    List<URL> direct(List<URL> entries) {
        return entries.stream().map(this::direct).collect(Collectors.toCollection(ArrayList::new));
    }

    /** A consumer that is set up wrongly calls pods as all others do. */
    private synchronized boolean preferred() {
        Boolean known = preferred;
        if (known == null) {
            known = read();
            preferred = known;
        }
        return known;
    }

    private static boolean read() {
        try {
            return RegistrySettings.ofThisJvm().inCluster().preferred();
        } catch (IllegalArgumentException e) {
            log.error("Pods are not called at their own addresses: {}", e.getMessage());
            return false;
        }
    }

    private URL direct(URL entry) {
        String said = entry instanceof InstanceAddressURL ? null : entry.getParameter(PodAddress.KEY);
        if (said == null) {
            return entry;
        }
        try {
            PodAddress pod = PodAddress.parse(said);
            return entry.setHost(pod.host()).setPort(pod.port());
        } catch (IllegalArgumentException e) {
            if (complained.compareAndSet(false, true)) {
                log.warn(
                        "{} of {} is ignored, and others like it: {}",
                        PodAddress.KEY,
                        entry.getAddress(),
                        e.getMessage());
            }
            return entry;
        }
    }
}
