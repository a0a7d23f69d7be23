package io.landfall.registry.kubernetes;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.landfall.registry.AddressSource;
import io.landfall.registry.ExternalAddress;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Service's load balancer was given. Waits until it was given something: the pods may be there first.
 *
 * <p>Of several ingresses the first counts; their order is the balancer's. Who looks again is told what a {@link ServiceWatch} saw
 * last, and asks nobody: every pod asking the API server every few seconds is no way to follow a Service.
 */
final class ServiceStatus implements AddressSource {

    private static final Logger log = LoggerFactory.getLogger(ServiceStatus.class);

    private final NamedService service;
    private final Duration wait;
    private final Supplier<KubernetesClient> clients;
    private final ServiceWatch watch;
    private volatile Optional<ExternalAddress> last = Optional.empty();
    private boolean vanished;

    /**
     * The status of a Service.
     *
     * @param namespace where it is; empty: where this pod is
     * @param wait for how long its address may be missing
     */
    ServiceStatus(Optional<String> namespace, String service, Duration wait) {
        this(namespace, service, wait, () -> new KubernetesClientBuilder().build());
    }

    ServiceStatus(Optional<String> namespace, String service, Duration wait, Supplier<KubernetesClient> clients) {
        this.service = new NamedService(namespace, service);
        this.wait = wait;
        this.clients = clients;
        this.watch = new ServiceWatch(this.service, clients, this::seen);
    }

    @Override
    public String place() {
        return service.place();
    }

    @Override
    public Optional<ExternalAddress> find() {
        try (KubernetesClient client = clients.get()) {
            List<String> addresses = addresses(awaited(client));
            if (addresses.isEmpty()) {
                log.warn("{} has no address", place());
            }
            if (addresses.size() > 1) {
                log.info(
                        "Service {} has several external addresses, and the first counts: {}",
                        service.name(),
                        addresses);
            }
            last = addresses.stream().findFirst().map(ExternalAddress::parse);
            return last;
        } catch (KubernetesClientTimeoutException notAssigned) {
            log.warn("{} has no address after {} s", place(), wait.toSeconds());
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            throw new IllegalStateException(explain(refused), refused);
        }
    }

    /** fabric8 asks nobody where it may not wait. */
    private @Nullable Service awaited(KubernetesClient client) {
        return wait.isZero()
                ? service.in(client).get()
                : service.in(client)
                        .waitUntilCondition(
                                found -> !addresses(found).isEmpty(), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What was seen last. Follows the Service from the first time on: who never looks again needs no connection. */
    @Override
    public Optional<ExternalAddress> look() {
        if (last.isPresent()) {
            watch.start();
        }
        return last;
    }

    @Override
    public void close() {
        watch.close();
    }

    /** The Service as it is now. One address among several stays for as long as it is one of them, wherever in the list. */
    synchronized void seen(Service now) {
        try {
            List<ExternalAddress> addresses =
                    addresses(now).stream().map(ExternalAddress::parse).toList();
            if (addresses.isEmpty() && !vanished) {
                log.warn("{} is empty: what is registered stays", place());
            }
            vanished = addresses.isEmpty();
            if (last.filter(addresses::contains).isEmpty() && !vanished) {
                last = Optional.of(addresses.get(0));
            }
        } catch (IllegalArgumentException noAddress) {
            log.warn("{}: {}", place(), noAddress.getMessage());
        }
    }

    private String explain(KubernetesClientException refused) {
        return refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? place()
                        + " may not be read: give the pod's service account a Role with get, list and watch on this Service"
                : place() + " cannot be read: " + refused.getMessage();
    }

    private static List<String> addresses(@Nullable Service service) {
        if (service == null
                || service.getStatus() == null
                || service.getStatus().getLoadBalancer() == null) {
            return List.of();
        }
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(ServiceStatus::address)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> address(LoadBalancerIngress ingress) {
        return Optional.ofNullable(ingress.getIp())
                .or(() -> Optional.ofNullable(ingress.getHostname()))
                .filter(text -> !text.isBlank());
    }
}
