package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that the tests of this run share.
 *
 * @param kubeconfig how to talk to it, as an administrator
 * @param hostAddress the address of this machine that pods reach
 * @param image the image of {@code examples/greeter}, as pods name it
 * @param externalAddresses what the tests may give to Services of type LoadBalancer; empty: the cluster does that itself
 * @param script what stops and starts the cluster's parts; empty: it is the user's cluster, which is left alone
 */
public record Cluster(
        Path kubeconfig,
        String hostAddress,
        String image,
        Optional<AddressRange> externalAddresses,
        Optional<ClusterScript> script) {

    /** How a test run comes by a cluster. */
    enum Source {
        USERS,
        SCRIPT,
        NONE
    }

    /** What there is to run tests on. */
    static Source source(Map<String, String> environment, String user) {
        if (environment.containsKey("LANDFALL_KUBECONFIG")) {
            return Source.USERS;
        }
        return user.equals("root") ? Source.SCRIPT : Source.NONE;
    }

    /** The user's own. */
    static Cluster ofUser(Map<String, String> environment) {
        return new Cluster(
                Path.of(required(environment, "LANDFALL_KUBECONFIG")),
                required(environment, "LANDFALL_HOST_ADDRESS"),
                required(environment, "LANDFALL_IMAGE"),
                Optional.ofNullable(environment.get("LANDFALL_EXTERNAL_ADDRESSES"))
                        .map(AddressRange::parse),
                Optional.empty());
    }

    /** The one on this machine, brought up if it is not. */
    static Cluster up(ClusterScript script, Map<String, String> environment) {
        script.up();
        String network = environment.getOrDefault("LANDFALL_NETWORK", "10.201");
        return new Cluster(
                script.kubeconfig(),
                network + ".0.1",
                Images.nameInThisBuild(),
                Optional.of(AddressRange.parse(network + ".128.10-250")),
                Optional.of(script));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    name + " must be set beside LANDFALL_KUBECONFIG; e2e/README.md says what it means");
        }
        return value;
    }

    /** Where pods get the image from. */
    public String pullPolicy() {
        return script.isPresent() ? "Never" : "IfNotPresent";
    }

    /** A new connection; the caller closes it. */
    public KubernetesClient connect() {
        Config config = Config.fromKubeconfig(contents());
        if (script.isPresent()) {
            // A proxy for the way to the outside must not get what stays on this machine.
            config.setHttpProxy(null);
            config.setHttpsProxy(null);
        }
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private String contents() {
        try {
            return Files.readString(kubeconfig);
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read the kubeconfig " + kubeconfig, unreadable);
        }
    }
}
