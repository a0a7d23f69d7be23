package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** What a pod asks a node for: its containers' requests together, or the largest of those that run before them. */
record Asked(PodSpec spec) {

    /** {@code " (it asks for 9Gi)"}, or nothing. */
    String shown(String resource) {
        List<Quantity> requests = requests(spec.getContainers(), resource);
        if (requests.size() == 1 && requests(spec.getInitContainers(), resource).isEmpty()) {
            return " (it asks for " + requests.get(0) + ")";
        }
        BigDecimal together =
                requests.stream().map(Quantity::getNumericalAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal before = requests(spec.getInitContainers(), resource).stream()
                .map(Quantity::getNumericalAmount)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        BigDecimal all = together.max(before);
        return all.signum() == 0 ? "" : " (it asks for " + inUnits(resource, all) + ")";
    }

    private static List<Quantity> requests(List<Container> containers, String resource) {
        return containers.stream()
                .flatMap(container -> Optional.ofNullable(container.getResources()).stream())
                .flatMap(resources -> Optional.ofNullable(resources.getRequests()).stream())
                .flatMap(requests -> Optional.ofNullable(requests.get(resource)).stream())
                .toList();
    }

    private static String inUnits(String resource, BigDecimal amount) {
        if (resource.equals("cpu")) {
            return amount.stripTrailingZeros().toPlainString();
        }
        BigDecimal mebibytes = amount.divide(BigDecimal.valueOf(1 << 20), 0, RoundingMode.CEILING);
        return resource.equals("memory") || resource.equals("ephemeral-storage")
                ? mebibytes.toPlainString() + "Mi"
                : amount.toPlainString();
    }
}
