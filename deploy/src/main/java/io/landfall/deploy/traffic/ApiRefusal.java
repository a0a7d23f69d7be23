package io.landfall.deploy.traffic;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.api.ApiCalls;
import java.net.HttpURLConnection;
import java.util.List;

/** What an API server says of a Service that it does not take. */
final class ApiRefusal {

    private static final String CONFLICT = "FieldManagerConflict";
    private static final int UNPROCESSABLE = 422;

    private ApiRefusal() {}

    /** Whether others have written fields that are to be written. */
    static boolean isConflict(KubernetesClientException refused) {
        return refused.getCode() == HttpURLConnection.HTTP_CONFLICT
                && causes(refused).stream().anyMatch(cause -> CONFLICT.equals(cause.getReason()));
    }

    /**
     * What is wrong.
     *
     * @throws KubernetesClientException the same, if it is not the Service that is wrong
     */
    static List<Violation> of(Service service, KubernetesClientException refused) {
        String place = TakeOver.place(service);
        List<StatusCause> causes = causes(refused);
        if (isConflict(refused)) {
            return causes.stream()
                    .map(cause -> new Violation(
                            place + " " + cause.getField(),
                            cause.getMessage(),
                            "have it taken out there, or say --force-conflicts to take the field"))
                    .toList();
        }
        if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            return List.of(
                    new Violation(place, "somebody has changed it since it was looked at", "look at the plan again"));
        }
        if (ApiCalls.unknownField(refused)) {
            return List.of(new Violation(
                    place,
                    "this cluster's Kubernetes is too old for a field of it: " + message(refused),
                    "do without it (a loadBalancerClass needs Kubernetes 1.21), or use a newer cluster"));
        }
        if (refused.getCode() != UNPROCESSABLE) {
            throw refused;
        }
        return causes.isEmpty()
                ? List.of(new Violation(place, message(refused), "mend it"))
                : causes.stream()
                        .map(cause -> new Violation(place + " " + cause.getField(), cause.getMessage(), "mend it"))
                        .toList();
    }

    private static String message(KubernetesClientException refused) {
        return refused.getStatus() == null
                ? String.valueOf(refused.getMessage())
                : String.valueOf(refused.getStatus().getMessage());
    }

    private static List<StatusCause> causes(KubernetesClientException refused) {
        return refused.getStatus() == null || refused.getStatus().getDetails() == null
                ? List.of()
                : refused.getStatus().getDetails().getCauses();
    }
}
