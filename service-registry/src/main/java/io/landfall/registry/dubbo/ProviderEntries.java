package io.landfall.registry.dubbo;

import io.landfall.registry.ExternalAddress;
import io.landfall.registry.PodAddress;
import io.landfall.registry.PodShare;
import io.landfall.registry.RegistrySettings;
import io.landfall.registry.RegistrySettings.Missing;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.constants.RegistryConstants;
import org.apache.dubbo.remoting.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is registered in place of a provider's URL. Immutable. */
final class ProviderEntries {

    /** Keeps the entries of pods behind one address distinct. */
    static final String POD = "landfall.pod";
    /** Keeps those of pods apart that were given the same name: consumers take entries for one that differ by time and pid only. */
    static final String PROCESS = "landfall.process";

    private static final Logger log = LoggerFactory.getLogger(ProviderEntries.class);
    private static final String SHARE_CONNECTIONS_KEY = "shareconnections";
    static final String TOKEN = "token";
    private static final String WEIGHT = "weight";
    private static final String WARMUP = "warmup";
    static final int DEFAULT_WEIGHT = 100;
    /**
     * A stock consumer looks for broken connections every third of three heartbeats, by a timer that ticks every second and rounds up the
     * time of day that it has come to: two seconds would be three, and this is two.
     */
    private static final String HEARTBEAT_MILLIS = "1800";

    private static final int PROCESS_LENGTH = 8;
    private static final String TRIPLE = CommonConstants.TRIPLE;

    private final Optional<ExternalAddress> address;
    private final RegistrySettings settings;
    private final String process;

    private ProviderEntries(Optional<ExternalAddress> address, RegistrySettings settings, String process) {
        this.address = address;
        this.settings = settings;
        this.process = process;
    }

    /**
     * By the application's settings.
     *
     * @throws IllegalStateException if there is no external address and the settings do not allow that
     */
    static ProviderEntries of(RegistrySettings settings) {
        String process = UUID.randomUUID().toString().substring(0, PROCESS_LENGTH);
        if (!settings.enabled()) {
            log.info("Not in a pod, and no external address named: providers register their own addresses");
            return new ProviderEntries(Optional.empty(), settings, process);
        }
        return new ProviderEntries(address(settings), settings, process);
    }

    /** Where consumers find this pod; empty: at its own address, which the settings then allow. */
    static Optional<ExternalAddress> address(RegistrySettings settings) {
        if (settings.missing() == Missing.FAIL) {
            return Optional.of(settings.addresses().require());
        }
        Optional<ExternalAddress> found = settings.addresses().find();
        if (found.isEmpty()) {
            log.warn("No external address found: registering the pod's own, which the world outside cannot reach"
                    + " (landfall.registry.missing=pod-ip)");
        }
        return found;
    }

    /**
     * The rules for the address that there is now, if it is another one. An address that has vanished is no other: whoever is registered
     * stays so.
     *
     * @throws RuntimeException if it cannot be read
     */
    Optional<ProviderEntries> changed() {
        return settings.addresses()
                .look()
                .filter(now -> address.isPresent() && !address.get().equals(now))
                .map(now -> new ProviderEntries(Optional.of(now), settings, process));
    }

    /** Nobody will ask for {@link #changed} again. */
    void followNoLonger() {
        settings.addresses().close();
    }

    /** Where consumers find this pod; the pod itself, where no address is replaced. */
    String where() {
        return address.map(ExternalAddress::toString).orElse("its own address");
    }

    static boolean isProvider(URL url) {
        return !CommonConstants.CONSUMER.equals(url.getProtocol())
                && RegistryConstants.PROVIDERS_CATEGORY.equals(url.getCategory(RegistryConstants.PROVIDERS_CATEGORY));
    }

    /** Whether entries wait until a balancer may route to this pod. */
    boolean behindBalancer() {
        return address.isPresent();
    }

    /** Whether entries of several pods differ by their parameters only. */
    boolean atOneAddress() {
        return address.isPresent() && !address.get().wildcard();
    }

    /** The entries for one provider URL; the URL itself where no address is to be replaced. */
    List<URL> entriesOf(URL provider) {
        PodShare share = settings.share().orElse(null);
        if (address.isEmpty() || share == null) {
            return List.of(provider);
        }
        ExternalAddress outside = settings.seenBy(address.get(), provider.getProtocol());
        // Over triple, entries of one address share one connection.
        boolean triple = TRIPLE.equals(provider.getProtocol());
        boolean oneConnection = triple && !outside.wildcard();
        PodShare ofProtocol = oneConnection ? new PodShare(share.pod(), 1) : share;
        Optional<PodAddress> inCluster = inCluster(provider);
        return ofProtocol.split(provider.getParameter(WEIGHT, DEFAULT_WEIGHT)).stream()
                .map(entry -> at(outside.named(entry.id()), provider)
                        .addParameter(POD, entry.id())
                        .addParameter(PROCESS, process)
                        .addParameter(WEIGHT, entry.weight()))
                .map(entry -> triple ? entry : entry.addParameterIfAbsent(TOKEN, ownToken(entry)))
                .map(entry -> outside.wildcard() ? sharingConnections(entry) : owningConnection(entry))
                .map(entry -> inCluster
                        .map(pod -> entry.addParameter(PodAddress.KEY, pod.toString()))
                        .orElse(entry))
                .toList();
    }

    /** For consumers in this pod's cluster, if they are to be told. */
    private Optional<PodAddress> inCluster(URL provider) {
        try {
            return settings.inCluster().address(provider.getHost(), provider.getPort());
        } catch (IllegalArgumentException e) {
            log.warn(
                    "Entries of {} do not say the pod's own address, set POD_IP: {}",
                    provider.getServiceKey(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Where interfaces share no connections, so many only as the user allows.
     *
     * @param interfaces how many this pod has over the dubbo protocol
     * @throws IllegalStateException saying what to do
     */
    void refuseTooMany(long interfaces) {
        if (atOneAddress() && interfaces > settings.dubbo().mostInterfaces()) {
            throw new IllegalStateException(
                    interfaces + " interfaces over the dubbo protocol at " + address.orElseThrow()
                            + ": every consumer would open as many connections to every pod. Set landfall.registry.address to a wildcard"
                            + " name (*.name), below which all interfaces share one, or landfall.registry.interfaces to that number");
        }
    }

    /** What consumers send with each call that they make by an entry, and by no other; empty if a user's own is in its place. */
    static Optional<String> tokenOf(URL entry) {
        String token = entry.getParameter(TOKEN, "");
        return token.equals(ownToken(entry)) ? Optional.of(token) : Optional.empty();
    }

    private static String ownToken(URL entry) {
        return entry.getParameter(POD) + "." + entry.getParameter(PROCESS);
    }

    /** Whether connections that this pod has too many of are given back. */
    boolean evensConnections() {
        return settings.dubbo().evensConnections();
    }

    /** Consumers keep one connection for each host name, whatever the number of interfaces. */
    static URL sharingConnections(URL entry) {
        return entry.removeParameters(Constants.CONNECTIONS_KEY, SHARE_CONNECTIONS_KEY);
    }

    /** One for each entry, or all entries of the address would share one connection, and so one pod. */
    private static URL owningConnection(URL entry) {
        return entry.addParameter(Constants.CONNECTIONS_KEY, 1);
    }

    static URL at(ExternalAddress address, URL provider) {
        return provider.setHost(address.host())
                .setPort(address.port().orElse(provider.getPort()))
                .addParameterIfAbsent(WARMUP, "0")
                .addParameterIfAbsent(Constants.HEARTBEAT_KEY, HEARTBEAT_MILLIS)
                .addParameterIfAbsent(Constants.LEAST_RECONNECT_DURATION_KEY, "1000");
    }
}
