package io.landfall.deploy.application.file;

import io.landfall.deploy.yaml.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads addresses of web servers. Complains without quoting them: somebody may have put a password there. */
final class Addresses {

    private Addresses() {}

    static Optional<URI> web(Value value) {
        try {
            URI uri = new URI(value.text());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException none) {
            // said below
        }
        value.refuse("is no URL without credentials", "write one such as http://host:8080/path");
        return Optional.empty();
    }
}
