package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.landfall.deploy.api.ApiCalls;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The Services that an API server shows: of all namespaces, or where that is not allowed of one. Page by page. */
public final class ClusterServices implements ServiceDirectory {

    private static final long PAGE = 500;
    /** A list that grows old while it is read is read anew so often. */
    private static final int ATTEMPTS = 3;

    private final KubernetesClient client;
    private final String namespace;
    private final ApiCalls api = new ApiCalls();

    /**
     * Asks nothing yet.
     *
     * @param client closed by whoever made it
     * @param namespace that may be read in any case
     */
    public ClusterServices(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Seen look(Predicate<Service> relevant) {
        try {
            return new Seen(all(client.services().inAnyNamespace(), relevant), Optional.empty());
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw refused;
            }
            return new Seen(
                    all(client.services().inNamespace(namespace), relevant),
                    Optional.of(
                            "Services of other namespaces than " + namespace
                                    + " were not looked at: this account may not list them. Whether one of them has the address is unknown."));
        }
    }

    private List<Service> all(Listable<ServiceList> list, Predicate<Service> relevant) {
        for (int attempt = 1; ; attempt++) {
            try {
                return pages(list, relevant);
            } catch (KubernetesClientException expired) {
                if (expired.getCode() != HttpURLConnection.HTTP_GONE || attempt == ATTEMPTS) {
                    throw expired;
                }
            }
        }
    }

    private List<Service> pages(Listable<ServiceList> list, Predicate<Service> relevant) {
        List<Service> found = new ArrayList<>();
        @Nullable String next = null;
        do {
            String from = next;
            ServiceList page = api.call(() -> list.list(
                    new ListOptionsBuilder().withLimit(PAGE).withContinue(from).build()));
            page.getItems().stream().filter(relevant).forEach(found::add);
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return found;
    }
}
