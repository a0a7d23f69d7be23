package io.landfall.registry.springcloud;

import io.landfall.registry.PodAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * Lists instances at their pods' own addresses, where their metadata says those. One that is called by TLS stays as it is: its
 * certificate has the name outside.
 */
final class PodAddressSupplier extends DelegatingServiceInstanceListSupplier {

    private static final Logger log = LoggerFactory.getLogger(PodAddressSupplier.class);

    private final AtomicBoolean complained = new AtomicBoolean();

    PodAddressSupplier(ServiceInstanceListSupplier listed) {
        super(listed);
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return getDelegate().get().map(this::direct);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Spring Cloud declares it
    public Flux<List<ServiceInstance>> get(Request request) {
        return getDelegate().get(request).map(this::direct);
    }

    private List<ServiceInstance> direct(List<ServiceInstance> instances) {
        return instances.stream().map(this::direct).toList();
    }

    private ServiceInstance direct(ServiceInstance instance) {
        String said = said(instance);
        if (said == null || instance.isSecure()) {
            return instance;
        }
        try {
            return at(PodAddress.parse(said), instance);
        } catch (IllegalArgumentException e) {
            if (complained.compareAndSet(false, true)) {
                log.warn(
                        "{} of {} in {} is ignored, and others like it: {}",
                        PodAddress.KEY,
                        instance.getInstanceId(),
                        instance.getServiceId(),
                        e.getMessage());
            }
            return instance;
        }
    }

    private static @Nullable String said(ServiceInstance instance) {
        Map<String, String> metadata = instance.getMetadata();
        if (metadata == null) {
            return null;
        }
        String said = metadata.get(PodAddress.KEY);
        return said == null ? metadata.get(DiscoveryProperties.withoutDots(PodAddress.KEY)) : said;
    }

    private static ServiceInstance at(PodAddress pod, ServiceInstance instance) {
        return new DefaultServiceInstance(
                instance.getInstanceId(),
                instance.getServiceId(),
                pod.host(),
                pod.port(),
                false,
                instance.getMetadata());
    }
}
