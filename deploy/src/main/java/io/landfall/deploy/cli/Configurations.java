package io.landfall.deploy.cli;

import io.landfall.config.ConfigurationSource;
import io.landfall.config.PublishRequest;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotId;
import io.landfall.config.SnapshotPublisher;
import io.landfall.config.SnapshotStore;
import io.landfall.config.apollo.ApolloSource;
import io.landfall.config.apollo.ApolloSourceBuilder;
import io.landfall.config.directory.DirectorySource;
import io.landfall.config.layout.StoredForm;
import io.landfall.config.validation.Checks;
import io.landfall.config.validation.SecretKeys;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.ConfigSource;
import io.landfall.deploy.application.ConfigSource.Origin;
import io.landfall.deploy.template.SnapshotMount;
import io.landfall.deploy.template.SnapshotMount.StoredIn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of an application's configuration in a store, and how pods mount them. */
final class Configurations {

    private static final String ACCESS_KEY = "LANDFALL_APOLLO_ACCESS_KEY";

    private final SnapshotStore store;
    private final Map<String, String> environment;
    private final Clock clock;

    Configurations(SnapshotStore store, Map<String, String> environment, Clock clock) {
        this.store = store;
        this.environment = environment;
        this.clock = clock;
    }

    /** One that is there. */
    SnapshotMount published(String application, String version) {
        return store.find(SnapshotId.of(application, version))
                .map(Configurations::mount)
                .orElseThrow(() -> new RefusedException(List.of(new Violation(
                        application + "/" + version,
                        "this version of the configuration is not there",
                        "publish it: landfall release --flow config, or landfall config publish"))));
    }

    /** Publishes one; the same content again is the same version. */
    SnapshotMount publish(String application, String version, ConfigSource from, String author, boolean dryRun) {
        PublishRequest request = PublishRequest.of(SnapshotId.of(application, version), source(from))
                .by(author, "");
        SnapshotPublisher publisher = new SnapshotPublisher(store, Checks.standard(), SecretKeys.standard(), clock);
        return mount(publisher.publish(dryRun ? request.asDryRun() : request).snapshot());
    }

    private ConfigurationSource source(ConfigSource config) {
        if (config.from() instanceof Origin.Directory files) {
            return new DirectorySource(files.directory());
        }
        Origin.Apollo apollo = (Origin.Apollo) config.from();
        ApolloSourceBuilder builder = ApolloSource.builder(apollo.server(), apollo.application())
                .cluster(apollo.cluster())
                .namespaces(apollo.namespaces().toArray(String[]::new));
        Optional.ofNullable(environment.get(ACCESS_KEY))
                .filter(key -> !key.isBlank())
                .ifPresent(builder::accessKey);
        return builder.build();
    }

    private static SnapshotMount mount(Snapshot snapshot) {
        List<StoredIn> objects = StoredForm.of(snapshot).objects().stream()
                .map(object -> new StoredIn(object.secret(), object.name()))
                .toList();
        String first = StoredForm.nameOf(snapshot.id());
        return new SnapshotMount(
                snapshot.id().app(),
                snapshot.id().version(),
                objects.stream()
                        .sorted(java.util.Comparator.comparing(
                                object -> object.secret() || !object.name().equals(first)))
                        .toList());
    }
}
