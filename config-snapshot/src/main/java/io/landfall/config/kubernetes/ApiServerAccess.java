package io.landfall.config.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.resilience4j.core.IntervalFunction;
import io.landfall.config.FollowSettings;
import io.landfall.config.LiveFollower;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotException;
import io.landfall.config.SnapshotFile;
import io.landfall.config.UnavailableException;
import io.landfall.config.layout.StoredForm;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Whether this process may follow live revisions at the API server. Apart from its caller, since it needs fabric8 to be loaded. */
final class ApiServerAccess {

    private final ApiRequests requests;
    private final String namespace;

    private ApiServerAccess(KubernetesClient client, String namespace, Duration patience) {
        this.requests = new ApiRequests(
                client, new ApiRequests.Limits(patience.dividedBy(2), 2, IntervalFunction.of(Duration.ofMillis(100))));
        this.namespace = namespace;
    }

    /** A follower, if it would have the rights; or what is made of the reason why not. */
    static Optional<LiveFollower> follower(
            Snapshot base, FollowSettings settings, Function<String, Optional<LiveFollower>> absent) {
        return follower(withoutAttempts(Config.autoConfigure(null)), base, settings, absent);
    }

    static Optional<LiveFollower> follower(
            Config config, Snapshot base, FollowSettings settings, Function<String, Optional<LiveFollower>> absent) {
        String namespace = settings.namespace().orElse(config.getNamespace());
        if (namespace == null) {
            return absent.apply("the namespace is not known: set it");
        }
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        Optional<String> problem = new ApiServerAccess(client, namespace, settings.patience()).problem(base, settings);
        if (problem.isPresent()) {
            client.close();
            return absent.apply(problem.get());
        }
        return Optional.of(new LiveWatch(client, namespace, base, settings.patience()));
    }

    /** fabric8's attempts all come at the same moments, and after a while are in the log with their stacks. */
    static Config withoutAttempts(Config config) {
        return new ConfigBuilder(config)
                .withWatchReconnectLimit(0)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private Optional<String> problem(Snapshot base, FollowSettings settings) {
        try {
            List<String> missing = missing(base);
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the service account may not " + String.join(", ", missing) + " in namespace "
                            + namespace + ": give it a Role with that");
        } catch (UnavailableException e) {
            // An API server that is away comes back; until then a mount knows more.
            boolean mounted = settings.by().equals("auto") && Files.isDirectory(settings.mount());
            return mounted ? Optional.of("the API server is away, and there is a mount") : Optional.empty();
        } catch (SnapshotException e) {
            return Optional.of(LiveRevision.reason(e));
        }
    }

    private List<String> missing(Snapshot base) {
        List<String> missing = new ArrayList<>();
        addUnlessAllowed("get", "configmaps", "", missing);
        addUnlessAllowed("watch", "configmaps", StoredForm.nameOf(base.id().base()), missing);
        if (base.files().stream().anyMatch(SnapshotFile::secret)) {
            addUnlessAllowed("get", "secrets", "", missing);
        }
        return missing;
    }

    /** Without a name it is about all of them: revisions to come have no names yet. */
    private void addUnlessAllowed(String verb, String resource, String name, List<String> missing) {
        ApiRequest request = new ApiRequest(
                "create", "selfsubjectaccessreviews", namespace, "the right to " + verb + " " + resource);
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withResource(resource)
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer = requests.call(
                request, c -> c.authorization().v1().selfSubjectAccessReview().create(review));
        if (answer.getStatus() == null || !answer.getStatus().getAllowed()) {
            missing.add(verb + " " + resource);
        }
    }
}
