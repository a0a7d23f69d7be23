package io.landfall.deploy.cli;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Whether an engine runs. Who is wrong about it does no harm: engines themselves decide by what they see of the lease. */
final class EngineLease {

    private static final String NAME = "landfall-engine";
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private Optional<String> last = Optional.empty();
    private Instant asked = Instant.MIN;

    EngineLease(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Unlike that of any other process, an earlier one of this machine included. */
    static String identity() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("cli");
        return host + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    Optional<String> holder() {
        Instant now = clock.instant();
        if (now.isAfter(asked.equals(Instant.MIN) ? asked : asked.plus(AGAIN))) {
            asked = now;
            last = read(now);
        }
        return last;
    }

    private Optional<String> read(Instant now) {
        try {
            Lease lease = client.leases().inNamespace(namespace).withName(NAME).get();
            return Optional.ofNullable(lease)
                    .map(Lease::getSpec)
                    .filter(spec -> lives(spec, now))
                    .map(LeaseSpec::getHolderIdentity);
        } catch (KubernetesClientException unknown) {
            // What was true a moment ago is the best guess.
            return last;
        }
    }

    private static boolean lives(LeaseSpec spec, Instant now) {
        return spec.getRenewTime() != null
                && spec.getLeaseDurationSeconds() != null
                && spec.getHolderIdentity() != null
                && !spec.getHolderIdentity().isEmpty()
                && spec.getRenewTime()
                        .toInstant()
                        .plusSeconds(spec.getLeaseDurationSeconds())
                        .isAfter(now);
    }
}
