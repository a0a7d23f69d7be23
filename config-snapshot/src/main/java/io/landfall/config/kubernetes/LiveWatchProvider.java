package io.landfall.config.kubernetes;

import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.LiveFollowerProvider;
import io.landfall.config.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows live revisions at the API server, where the pod's service account may. Needs {@code io.fabric8:kubernetes-client}; made by
 * {@link java.util.ServiceLoader}.
 */
public final class LiveWatchProvider implements LiveFollowerProvider {

    private static final Logger log = LoggerFactory.getLogger(LiveWatchProvider.class);

    private static final String NAME = "api";
    private static final int ORDER = 100;
    private static final String CLIENT = "io.fabric8.kubernetes.client.KubernetesClientBuilder";
    private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final ClassLoader classes;
    private final Path token;

    /** Called by Java. */
    public LiveWatchProvider() {
        this(LiveWatchProvider.class.getClassLoader(), TOKEN);
    }

    LiveWatchProvider(ClassLoader classes, Path token) {
        this.classes = classes;
        this.token = token;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Optional<LiveFollower> follower(Snapshot base, FollowSettings settings) {
        if (!isOnTheClassPath()) {
            return absent(base, settings, "io.fabric8:kubernetes-client is not on the class path: add it");
        }
        if (!wanted(settings) && !Files.isReadable(token)) {
            return Optional.empty();
        }
        // Nothing in this class has fabric8's types: it is loaded without them too.
        return ApiServerAccess.follower(base, settings, reason -> absent(base, settings, reason));
    }

    private static boolean wanted(FollowSettings settings) {
        return settings.by().equals(NAME);
    }

    private boolean isOnTheClassPath() {
        try {
            Class.forName(CLIENT, false, classes);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static Optional<LiveFollower> absent(Snapshot base, FollowSettings settings, String reason) {
        if (wanted(settings)) {
            log.warn("Live revisions of {} are not followed at the API server: {}", base.id(), reason);
        }
        return Optional.empty();
    }
}
