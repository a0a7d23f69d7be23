package io.landfall.deploy.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.api.ApiPatience;
import java.time.Duration;

/**
 * How the API server is spoken to. All parts of one process share a connection, and so its limit.
 *
 * @param client for watches
 * @param api for everything else
 */
record Connection(KubernetesClient client, ApiServer api) {

    private static final int CALLS_EACH_SECOND = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    static Connection of(KubernetesClient client) {
        return of(client, CALLS_EACH_SECOND, TIMEOUT);
    }

    static Connection of(KubernetesClient client, int callsEachSecond, Duration timeout) {
        return new Connection(client, new ApiServer(client, new ApiPatience(callsEachSecond), timeout));
    }
}
