package io.landfall.e2e.cluster;

import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load-balancer controller of a cluster that has none: gives an external address to each Service of type LoadBalancer
 * in one namespace, the planned one where there is one. That an address leads to pods is kube-proxy's work.
 */
final class AddressPool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AddressPool.class);

    private final KubernetesClient client;
    private final AddressRange addresses;
    private final SharedIndexInformer<Service> services;

    private AddressPool(KubernetesClient client, String namespace, AddressRange addresses) {
        this.client = client;
        this.addresses = addresses;
        services = client.services().inNamespace(namespace).inform(new Assigner());
    }

    /** Starts to give addresses, on a thread of its own, until closed. */
    static AddressPool start(KubernetesClient client, String namespace, AddressRange addresses) {
        return new AddressPool(client, namespace, addresses);
    }

    /** The address of a Service, once it has one. */
    static Optional<String> addressOf(Service service) {
        return Optional.ofNullable(service.getStatus())
                .map(status -> status.getLoadBalancer())
                .flatMap(balancer -> balancer.getIngress().stream().findFirst())
                .map(ingress -> ingress.getIp());
    }

    @Override
    public void close() {
        services.close();
    }

    private void assign(Service service) {
        if (!service.getSpec().getType().equals("LoadBalancer")
                || addressOf(service).isPresent()) {
            return;
        }
        String planned = service.getSpec().getLoadBalancerIP();
        String address = planned == null ? addresses.next() : planned;
        client.services().resource(service).editStatus(s -> new ServiceBuilder(s)
                .editOrNewStatus()
                .editOrNewLoadBalancer()
                .withIngress(new LoadBalancerIngressBuilder().withIp(address).build())
                .endLoadBalancer()
                .endStatus()
                .build());
        log.info("Service {} has the external address {}", service.getMetadata().getName(), address);
    }

    private final class Assigner implements ResourceEventHandler<Service> {
        @Override
        public void onAdd(Service service) {
            assign(service);
        }

        @Override
        public void onUpdate(Service before, Service service) {
            assign(service);
        }

        @Override
        public void onDelete(Service service, boolean finalStateUnknown) {
            // its address comes round again
        }
    }
}
