package io.landfall.examples.quickstart.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * What the registry holds for one service.
 *
 * @param urls one per entry, decoded
 */
public record Entries(List<String> urls) {

    static Entries none() {
        return new Entries(List.of());
    }

    /** Dubbo makes each URL one percent-encoded node name. */
    static Entries ofNodes(Collection<String> nodes) {
        return new Entries(nodes.stream()
                .map(node -> URLDecoder.decode(node, StandardCharsets.UTF_8))
                .toList());
    }

    /** How many entries point at a host. */
    public long of(String host) {
        return urls.stream().filter(url -> url.contains("://" + host + ":")).count();
    }

    /** Whether Landfall has entered this pod: the entry carries its name, maybe with a number after it. */
    public boolean hasPod(String pod) {
        String parameter = "landfall.pod=" + pod;
        return urls.stream()
                .map(url -> url + "&")
                .anyMatch(url -> url.contains(parameter + "&") || url.contains(parameter + "."));
    }
}
