package io.landfall.examples.quickstart;

import io.landfall.examples.quickstart.process.CannotRunException;
import io.landfall.examples.quickstart.process.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small network on the loopback interface: each "machine" has an address and a name of its own.
 *
 * <p>The names matter. Dubbo takes an address that begins with 127 for a mistake, and replaces it, both where a provider
 * binds and where a consumer connects. A host name it takes as it is. So each child gets a hosts file
 * ({@code jdk.net.hosts.file}), which needs no privilege, and everything else is as on a real network: the old world
 * registers its own host, and stock pods register the external one with Dubbo's own {@code DUBBO_IP_TO_REGISTRY}.
 *
 * @param addresses name to address
 * @param dubboPort the port of every provider and of the external address
 * @param probePort the port of every pod's probe
 * @param hostsFile the names, for the children
 * @param eipFile what Kubernetes would project into the pod: the external address
 */
record Network(Map<String, String> addresses, int dubboPort, int probePort, Path hostsFile, Path eipFile) {

    /** The name of the one address that outlives all pods. */
    static final String EIP = "greeting-eip";

    /** Providers outside the cluster. */
    static final List<String> OLD_WORLD = List.of("legacy-1", "legacy-2");

    /** Pods before the release. */
    static final List<String> OLD_PODS = List.of("greeting-v1-1", "greeting-v1-2", "greeting-v1-3", "greeting-v1-4");

    /** The pods that replace them, in the same order. */
    static final List<String> NEW_PODS = List.of("greeting-v2-1", "greeting-v2-2", "greeting-v2-3", "greeting-v2-4");

    private static final int DUBBO_PORT = 20880;
    private static final int PROBE_PORT = 8719;

    /** Finds what is free and writes the files. */
    static Network prepare(Path folder) throws IOException {
        Map<String, String> addresses = addressPlan();
        Loopback.requireUsable(addresses.values());
        int dubboPort = port("Dubbo providers", "quickstart.port", addresses, DUBBO_PORT);
        int probePort = port("pods' probes", "quickstart.probePort", addresses, PROBE_PORT);
        return new Network(
                addresses,
                dubboPort,
                probePort,
                write(folder.resolve("hosts"), hosts(addresses)),
                write(folder.resolve("eip"), EIP + "\n"));
    }

    /** The address of a name. */
    String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new CannotRunException("There is no " + name + " in the network.");
        }
        return address;
    }

    private static Map<String, String> addressPlan() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put(EIP, "127.77.0.1");
        number(addresses, OLD_WORLD, "127.77.1.");
        number(addresses, OLD_PODS, "127.77.2.");
        number(addresses, NEW_PODS, "127.77.3.");
        return addresses;
    }

    private static void number(Map<String, String> addresses, List<String> names, String prefix) {
        names.forEach(name -> addresses.put(name, prefix + (names.indexOf(name) + 1)));
    }

    private static int port(String what, String property, Map<String, String> addresses, int standard) {
        return Loopback.freePort(
                what + " (-D" + property + ")",
                addresses.values(),
                chosen(property, standard),
                Setting.text(property).isPresent());
    }

    private static int chosen(String property, int standard) {
        try {
            return Setting.number(property, standard);
        } catch (IllegalArgumentException wrong) {
            throw new CannotRunException("Cannot understand the settings: " + wrong.getMessage());
        }
    }

    private static String hosts(Map<String, String> addresses) throws UnknownHostException {
        return "127.0.0.1 localhost " + ownName() + "\n"
                + addresses.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
                        .collect(Collectors.joining());
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }
}
