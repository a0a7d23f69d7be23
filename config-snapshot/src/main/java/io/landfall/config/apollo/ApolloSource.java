package io.landfall.config.apollo;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.landfall.config.ConfigurationSource;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The released configuration of an application in Apollo: one file for each namespace.
 *
 * <p>The state is each namespace's release key as {@code apollo.<cluster>/<namespace>}, with the cluster that Apollo took it from:
 * the default one stands in for a cluster without a release. With an open API there are also the release's {@code #id},
 * {@code #name} and {@code #comment}, and items' comments stand in the files of properties, above keys whose items are as released.
 * A comment is part of its file: who edits one makes other content.
 *
 * <p>Gray releases are never taken. Every request is bounded in time, body included, and repeated after pauses if there may be an
 * answer later. Safe for several threads.
 */
public final class ApolloSource implements ConfigurationSource {

    private static final Logger log = LoggerFactory.getLogger(ApolloSource.class);

    /** Somebody releases while we read. */
    private static final int ROUNDS = 5;

    private final ConfigService configService;
    private final Optional<OpenApi> openApi;
    private final List<Namespace> namespaces;
    private final String description;
    private final Together together;
    private final Retry rounds;

    ApolloSource(
            ConfigService configService,
            Optional<OpenApi> openApi,
            List<Namespace> namespaces,
            String description,
            IntervalFunction pauses) {
        this.configService = configService;
        this.openApi = openApi;
        this.namespaces = namespaces;
        this.description = description;
        this.together = new Together(description);
        this.rounds = Retry.of(
                "apollo-rounds",
                RetryConfig.custom()
                        .maxAttempts(ROUNDS)
                        .intervalFunction(pauses)
                        .retryExceptions(ChangedException.class)
                        .build());
        this.rounds
                .getEventPublisher()
                .onRetry(round -> log.info("{} was released while it was read: reading again", description));
    }

    /**
     * Begins one.
     *
     * @param configService for instance {@code http://apollo-config:8080}; a user and password in it are sent, and never shown
     * @param appId whose configuration
     */
    public static ApolloSourceBuilder builder(URI configService, String appId) {
        return new ApolloSourceBuilder(configService, appId);
    }

    /**
     * {@inheritDoc}
     *
     * <p>All namespaces are of one moment: each is asked for again at the end, and if one was released meanwhile, all are read again.
     */
    @Override
    public Reading read() {
        return rounds.executeSupplier(this::round);
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public String toString() {
        return description;
    }

    private Reading round() {
        List<Read> all = together.each(namespaces, this::readOne);
        together.each(all, this::requireCurrent);
        Map<String, String> state = new TreeMap<>();
        all.forEach(one -> state.putAll(one.state()));
        return new Reading(all.stream().map(Read::file).toList(), state);
    }

    private Read readOne(Namespace namespace) {
        Release release = configService.read(namespace).orElseThrow(() -> missing(namespace));
        Optional<OpenApi.Notes> notes = openApi.flatMap(portal -> portal.notes(release));
        Map<String, String> comments = notes.map(OpenApi.Notes::comments).orElse(Map.of());
        return new Read(release, notes, release.file(configService.place(namespace), comments));
    }

    private Read requireCurrent(Read one) {
        Namespace namespace = one.release().asked();
        if (!configService.current(one.release())) {
            throw new ChangedException(new Violation(
                    configService.place(namespace),
                    "it was released while it was read, " + ROUNDS + " times",
                    "ask again when nobody releases"));
        }
        return one;
    }

    private SnapshotException missing(Namespace namespace) {
        String unknown =
                "the config service answered 404: there is no such application, or no release of this namespace"
                        + " in it, in this cluster or in default";
        List<Violation> violations = new ArrayList<>();
        violations.add(new Violation(
                configService.place(namespace),
                openApi.map(portal -> portal.absent(namespace)).orElse(unknown),
                "check the names, and release the namespace"));
        return new SnapshotException(description, violations);
    }

    /** A namespace, whole. */
    private record Read(Release release, Optional<OpenApi.Notes> notes, SnapshotFile file) {

        Map<String, String> state() {
            String name = "apollo." + release.origin();
            Map<String, String> state = new TreeMap<>();
            state.put(name, release.key());
            notes.ifPresent(n -> {
                state.put(name + "#id", String.valueOf(n.id()));
                state.put(name + "#name", n.name());
                state.put(name + "#comment", n.comment());
            });
            return state;
        }
    }

    /** From {@code first} on, each twice the one before, each more or less by half. */
    static IntervalFunction pauses(Duration first) {
        return IntervalFunction.ofExponentialRandomBackoff(first, 2, 0.5, first.multipliedBy(20));
    }
}
