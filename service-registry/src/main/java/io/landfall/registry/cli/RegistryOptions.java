package io.landfall.registry.cli;

import io.landfall.registry.ServiceRegistry;
import io.landfall.registry.http.RegistryUrl;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which registry, and who is asking. Everybody on a node can read arguments, so that secrets may come by other ways. */
final class RegistryOptions {

    private static final String URL_VARIABLE = "LANDFALL_REGISTRY_URL";
    private static final String TOKEN_VARIABLE = "LANDFALL_REGISTRY_TOKEN";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = {
                "eureka+http://host:8761/eureka (more servers after commas) or consul+http://host:8500.",
                "With user:password@: better in the variable " + URL_VARIABLE + ", or in a file."
            })
    private @Nullable String registry;

    @Option(
            names = "--registry-file",
            paramLabel = "FILE",
            description = "A file whose first line is the URL of the registry.")
    private @Nullable String registryFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file whose first line is Consul's ACL token; else the variable " + TOKEN_VARIABLE + ".")
    private @Nullable String tokenFile;

    /** The registry; empty where something is wrong with it. */
    Optional<ServiceRegistry> open(Arguments arguments, Map<String, String> environment) {
        Optional<String> fromFile = arguments.secret("--registry-file", registryFile);
        Optional<String> named =
                Optional.ofNullable(registry).or(() -> fromFile).or(() -> variable(URL_VARIABLE, environment));
        Optional<String> token =
                arguments.secret("--token-file", tokenFile).or(() -> variable(TOKEN_VARIABLE, environment));
        if (named.isEmpty() && registryFile == null) {
            arguments.missing("--registry");
        }
        return named.flatMap(url -> arguments.read(() -> RegistryUrl.parse(url)))
                .flatMap(url -> token.isEmpty() ? Optional.of(url) : arguments.read(() -> url.withToken(token.get())))
                .map(RegistryUrl::open);
    }

    private static Optional<String> variable(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
