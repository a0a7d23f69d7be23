package io.landfall.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the world outside reaches one port of this process, and which of the pods there it is. */
final class InstanceAddress {

    private static final Logger log = LoggerFactory.getLogger(InstanceAddress.class);
    /** What Spring Cloud's port is called in the settings, too. */
    private static final String PROTOCOL = "http";
    /** An address for documentation (RFC 5737), behind the default route. */
    private static final String ANYWHERE = "192.0.2.1";

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

    /** Follows no address any longer. */
    void close() {
        settings.addresses().close();
    }

    private ExternalAddress seen(ExternalAddress address) {
        ExternalAddress outside = settings.seenBy(address, PROTOCOL).named(id());
        return outside.port().isPresent() ? outside : outside.withPort(port);
    }

    private ExternalAddress own() {
        String own = settings.inCluster().podIp().orElseGet(() -> reachable().getHostAddress());
        String withoutZone = own.replaceAll("%.*", "");
        return ExternalAddress.parse(withoutZone).withPort(port);
    }

    /** Debian's installer gives the machine's own name an address of loopback, 127.0.1.1; then it is the one that packets leave by. */
    private static InetAddress reachable() {
        InetAddress named = thisMachine();
        if (!named.isLoopbackAddress()) {
            return named;
        }
        try (DatagramSocket route = new DatagramSocket()) {
            // Sends nothing.
            route.connect(new InetSocketAddress(ANYWHERE, 9));
            InetAddress leaving = route.getLocalAddress();
            if (leaving.isAnyLocalAddress()) {
                throw new IOException("no route leads out");
            }
            return leaving;
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "this machine's own name means " + named.getHostAddress()
                            + ", where nobody else reaches it: set POD_IP, or landfall.pod.ip (" + e.getMessage() + ")",
                    e);
        }
    }

    private static InetAddress thisMachine() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this machine's own name has no address: " + e.getMessage(), e);
        }
    }
}
