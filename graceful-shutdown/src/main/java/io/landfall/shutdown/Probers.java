package io.landfall.shutdown;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP requests nobody waits for with work in hand: those of probers, and of whoever else looks at a service from outside.
 *
 * <p>A kubelet goes on probing a pod that has been asked to end (Kubernetes 1.20: once a second, if its template says so), through
 * the same port as everybody. Measured: a drain that counted its probes as arrivals never became quiet.
 *
 * @param paths where they ask, within the application; everything below counts as well
 */
public record Probers(List<String> paths) {

    /** What kubelets call themselves, with a version behind it. */
    private static final String KUBELET = "kube-probe/";

    /** Refuses what could never match, all of it at once. */
    public Probers {
        paths = List.copyOf(paths);
        List<String> wrong =
                paths.stream().filter(path -> !path.startsWith("/")).toList();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    "landfall.drain.probe-paths has " + wrong + ": a path begins with a slash, as in /actuator");
        }
    }

    /**
     * Whether a prober sent this.
     *
     * @param path within the application, without a query
     * @param userAgent the header of that name, if there is one
     */
    public boolean sent(String path, @Nullable String userAgent) {
        return isKubelet(userAgent) || isOwn(path);
    }

    /** Every request passes here: a stream would be garbage. */
    private boolean isOwn(String path) {
        for (String own : paths) {
            if (isBelow(path, own)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a kubelet sent this to learn whether the pod is ready: whatever it asks, but whether the pod is alive. */
    public boolean askForReadiness(String path, @Nullable String userAgent) {
        return isKubelet(userAgent) && !path.contains("live");
    }

    private static boolean isKubelet(@Nullable String userAgent) {
        return userAgent != null && userAgent.startsWith(KUBELET);
    }

    private static boolean isBelow(String path, String own) {
        return path.startsWith(own) && (path.length() == own.length() || path.charAt(own.length()) == '/');
    }
}
