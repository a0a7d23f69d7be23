package io.landfall.config.cli;

import io.landfall.config.apollo.ApolloSource;
import io.landfall.config.apollo.ApolloSourceBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What {@code --from apollo:} says. Complains without quoting it: somebody may have put a password there. */
final class ApolloLocation {

    private static final String ACCESS_KEY = "LANDFALL_APOLLO_ACCESS_KEY";
    private static final String TOKEN = "LANDFALL_APOLLO_TOKEN";
    private static final Set<String> PARAMETERS = Set.of("cluster", "namespaces", "portal", "env");

    private ApolloLocation() {}

    /** @throws IllegalArgumentException saying what is wrong, a line each */
    static ApolloSource source(String text, Map<String, String> environment) {
        URI place = web("--from apollo:", text);
        Map<String, String> parameters = parameters(place);
        String path = place.getPath();
        int slash = path.lastIndexOf('/');
        if (slash < 0 || slash == path.length() - 1) {
            throw new IllegalArgumentException(
                    "--from apollo: has no application: write http://config-service:8080/APP-ID");
        }
        ApolloSourceBuilder builder =
                ApolloSource.builder(base(place, path.substring(0, slash)), path.substring(slash + 1));
        Optional.ofNullable(parameters.get("cluster")).ifPresent(builder::cluster);
        Optional.ofNullable(parameters.get("namespaces")).ifPresent(n -> builder.namespaces(n.split(",", -1)));
        secret(ACCESS_KEY, environment).ifPresent(builder::accessKey);
        openApi(parameters, environment, builder);
        return builder.build();
    }

    private static void openApi(
            Map<String, String> parameters, Map<String, String> environment, ApolloSourceBuilder builder) {
        Optional<String> portal = Optional.ofNullable(parameters.get("portal"));
        Optional<String> token = secret(TOKEN, environment);
        if (portal.isEmpty()) {
            return;
        }
        if (token.isEmpty()) {
            throw new IllegalArgumentException("--from apollo: names a portal, and " + TOKEN + " is not set");
        }
        builder.openApi(web("portal", portal.get()), parameters.getOrDefault("env", "PRO"), token.get());
    }

    private static Map<String, String> parameters(URI place) {
        Map<String, String> parameters = new TreeMap<>();
        String query = place.getRawQuery() == null ? "" : place.getRawQuery();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || !PARAMETERS.contains(parts[0])) {
                throw new IllegalArgumentException(
                        "--from apollo: has a parameter that is none of cluster, namespaces, portal, env;"
                                + " secrets belong into the variables " + ACCESS_KEY + " and " + TOKEN);
            }
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static URI web(String what, String text) {
        try {
            URI url = new URI(text.strip());
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException noUrl) {
            // said below
        }
        throw new IllegalArgumentException(what + " is no URL without credentials: write one such as http://host:8080");
    }

    private static URI base(URI place, String path) {
        try {
            return new URI(place.getScheme(), null, place.getHost(), place.getPort(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("--from apollo: is no URL", e);
        }
    }

    private static Optional<String> secret(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
