package io.landfall.config.apollo;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A server, and what it wants to know of who asks. The one place for credentials: nothing shows them. */
final class Endpoint {

    private final URI base;
    private final Credentials credentials;

    private Endpoint(URI base, Credentials credentials) {
        this.base = base;
        this.credentials = credentials;
    }

    /** Headers that say who asks. */
    @FunctionalInterface
    interface Credentials {

        /** For a request to this path and query, as they are sent. */
        Map<String, String> headers(String pathAndQuery);
    }

    /**
     * A server at {@code http://host:port/path}. Its user and password are sent where there are no other credentials.
     *
     * @param what its name in errors, which never quote the URL
     * @throws IllegalArgumentException if it is none
     */
    static Endpoint of(String what, URI uri, Optional<Credentials> credentials) {
        if (!isServer(uri)) {
            throw new IllegalArgumentException(
                    "the URL of the " + what + " must be http:// or https://, a host, and perhaps a port and a path");
        }
        String user = uri.getUserInfo();
        if (user != null && credentials.isPresent()) {
            throw new IllegalArgumentException("the URL of the " + what
                    + " has a user, but its header is taken by the access key or the token: leave the user out");
        }
        URI base = URI.create(
                uri.getScheme() + "://" + hostAndPort(uri) + uri.getRawPath().replaceFirst("/+$", ""));
        return new Endpoint(base, credentials.orElseGet(() -> user == null ? path -> Map.of() : basic(user)));
    }

    /** The portal's way: a token, without anything before it. */
    static Credentials token(String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("the token of the open API is empty, or has blanks in it");
        }
        return path -> Map.of("Authorization", token);
    }

    private static Credentials basic(String user) {
        String encoded = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return path -> Map.of("Authorization", "Basic " + encoded);
    }

    private static boolean isServer(URI uri) {
        return uri.getHost() != null
                && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getPort() != 0
                && uri.getPort() <= 65_535
                // A slash in a password would make a path of its rest.
                && !uri.getRawPath().contains("@")
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static String hostAndPort(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** A request to something below it. */
    HttpRequest.Builder request(String pathAndQuery) {
        URI uri = URI.create(base + pathAndQuery);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        credentials.headers(uri.getRawPath() + query).forEach(request::header);
        return request;
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
