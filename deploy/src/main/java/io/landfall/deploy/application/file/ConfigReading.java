package io.landfall.deploy.application.file;

import io.landfall.deploy.application.ConfigSource;
import io.landfall.deploy.application.ConfigSource.Origin;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the configuration comes from. */
final class ConfigReading {

    private static final String APOLLO = "apollo";
    private static final String DIRECTORY = "directory";

    private final Path directory;

    ConfigReading(Path directory) {
        this.directory = directory;
    }

    /** @param application that is meant where none is named */
    Optional<ConfigSource> read(Fields environment, String application) {
        return environment.mapping("config").flatMap(fields -> config(fields, application));
    }

    private Optional<ConfigSource> config(Fields fields, String application) {
        Optional<String> version = fields.optional("version").flatMap(value -> value.name(NameRule.SNAPSHOT_VERSION));
        boolean apollo = fields.has(APOLLO);
        boolean files = fields.has(DIRECTORY);
        Optional<Origin> origin = Optional.empty();
        if (apollo && !files) {
            origin = fields.mapping(APOLLO).flatMap(named -> apollo(named, application));
        } else if (files && !apollo) {
            origin = fields.optional(DIRECTORY).map(value -> new Origin.Directory(directory.resolve(value.text())));
        } else {
            fields.refuse(
                    apollo ? DIRECTORY : APOLLO,
                    apollo ? "is there beside apollo" : "is missing, and so is directory",
                    "name one of the two");
        }
        fields.end();
        return origin.map(from -> new ConfigSource(from, version));
    }

    private static Optional<Origin> apollo(Fields fields, String application) {
        Optional<URI> server = fields.required("server").flatMap(Addresses::web);
        String id = fields.optional("application").map(Value::text).orElse(application);
        String cluster = fields.optional("cluster").map(Value::text).orElse("default");
        List<String> namespaces = fields.has("namespaces")
                ? fields.words("namespaces").stream().map(Value::text).toList()
                : List.of("application");
        fields.end();
        return server.map(where -> new Origin.Apollo(where, id, cluster, namespaces));
    }
}
