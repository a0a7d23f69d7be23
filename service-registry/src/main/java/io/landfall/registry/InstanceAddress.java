package io.landfall.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the world outside reaches one port of this process, and which of the pods there it is. */
final class InstanceAddress {

    private static final Logger log = LoggerFactory.getLogger(InstanceAddress.class);
    /** What Spring Cloud's port is called in the settings, too. */
    private static final String PROTOCOL = "http";

    private final RegistrySettings settings;
    private final int port;

    /**
     * Looks for nothing yet.
     *
     * @param port the container's; the one outside too, unless the address or the settings say another
     */
    InstanceAddress(RegistrySettings settings, int port) {
        this.settings = settings;
        this.port = port;
    }

    /** The pod's name; where addresses are not replaced, this machine's with the port. */
    String id() {
        return settings.share().map(PodShare::pod).orElseGet(() -> thisMachine().getHostName() + ":" + port);
    }

    /**
     * The address. May wait for it, as long as the settings say.
     *
     * @throws IllegalStateException if there is none and the settings do not allow that
     */
    ExternalAddress require() {
        if (!settings.enabled()) {
            return own();
        }
        if (settings.missing() == RegistrySettings.Missing.FAIL) {
            return seen(settings.addresses().require());
        }
        return settings.addresses().find().map(this::seen).orElseGet(() -> {
            log.warn("No external address found: registering the pod's own, which means nothing outside the cluster");
            return own();
        });
    }

    /** The address that is there now, without waiting; empty: nothing says otherwise than before. */
    Optional<ExternalAddress> look() {
        return settings.enabled() ? settings.addresses().look().map(this::seen) : Optional.empty();
    }

    private ExternalAddress seen(ExternalAddress address) {
        ExternalAddress outside = settings.seenBy(address, PROTOCOL).named(id());
        return outside.port().isPresent() ? outside : outside.withPort(port);
    }

    private ExternalAddress own() {
        String ofPod = System.getenv("POD_IP");
        String withoutZone = (ofPod == null ? thisMachine().getHostAddress() : ofPod).replaceAll("%.*", "");
        return ExternalAddress.parse(withoutZone).withPort(port);
    }

    private static InetAddress thisMachine() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this machine's own name has no address: " + e.getMessage(), e);
        }
    }
}
