package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headless Service, and one with an external address for each pod. */
final class Services {

    private final InstanceTable table;

    Services(InstanceTable table) {
        this.table = table;
    }

    Service headless() {
        return new ServiceBuilder()
                .withMetadata(Names.metadata(table, table.name()))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Names.selector(table))
                .withPorts(ports())
                .endSpec()
                .build();
    }

    Service external(Instance instance) {
        String pod = table.podName(instance.ordinal());
        Service service = new ServiceBuilder()
                .withMetadata(Names.metadata(table, pod))
                .editMetadata()
                .addToLabels(Names.ADDRESS_OF, table.name())
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withSelector(Map.of(Names.POD_LABEL, pod))
                .withPorts(ports())
                .endSpec()
                .build();
        BalancerAddress.ask(service, table.balancer(), Optional.of(instance.address()));
        return service;
    }

    private List<ServicePort> ports() {
        return table.container().ports().stream()
                .map(port -> new ServicePortBuilder()
                        .withName(port.name())
                        .withPort(port.number())
                        .withNewTargetPort(port.name())
                        .withProtocol("TCP")
                        .build())
                .toList();
    }
}
