package io.landfall.registry.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A server, and what it wants to know of who asks. The one place for credentials: nothing shows them. */
final class Endpoint {

    private static final int HIGHEST_PORT = 65_535;

    private final URI base;
    private final List<Credential> credentials;

    private Endpoint(URI base, List<Credential> credentials) {
        this.base = base;
        this.credentials = credentials;
    }

    /** Reads {@code http://user:password@host:port/path}; empty: it is none. Says nothing about why: it might quote. */
    static Optional<Endpoint> parse(String url) {
        try {
            URI uri = new URI(url);
            if (!isServer(uri)) {
                return Optional.empty();
            }
            String path = uri.getRawPath().replaceFirst("/+$", "");
            URI base = new URI(uri.getScheme() + "://" + hostAndPort(uri) + path);
            return Optional.of(new Endpoint(base, basic(uri)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The same, which wants a secret in a header. */
    Endpoint with(String header, String secret) {
        List<Credential> more = new ArrayList<>(credentials);
        more.add(new Credential(header, secret, List.of(secret)));
        return new Endpoint(base, List.copyOf(more));
    }

    /** A request to something below it. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        credentials.forEach(credential -> request.header(credential.header(), credential.value()));
        return request;
    }

    String path() {
        return base.getRawPath();
    }

    /** A text from elsewhere without what must not be shown. */
    String cleaned(String text) {
        String clean = text;
        for (Credential credential : credentials) {
            for (String secret : credential.secrets()) {
                clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
            }
        }
        return clean;
    }

    static String shown(List<Endpoint> servers) {
        return servers.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return base.toString();
    }

    private static boolean isServer(URI uri) {
        return uri.getHost() != null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getPort() != 0
                && uri.getPort() <= HIGHEST_PORT
                // A slash in a password would make a path of its rest.
                && !uri.getRawPath().matches(".*[@,].*")
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static String hostAndPort(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static List<Credential> basic(URI uri) {
        String user = uri.getUserInfo();
        if (user == null) {
            return List.of();
        }
        String encoded = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String password = user.substring(user.indexOf(':') + 1);
        return List.of(new Credential("Authorization", "Basic " + encoded, List.of(encoded, password)));
    }

    /** A class and no record: those print what they have. */
    private static final class Credential {
        private final String header;
        private final String value;
        private final List<String> secrets;

        Credential(String header, String value, List<String> secrets) {
            this.header = header;
            this.value = value;
            this.secrets = secrets;
        }

        String header() {
            return header;
        }

        String value() {
            return value;
        }

        List<String> secrets() {
            return secrets;
        }
    }
}
