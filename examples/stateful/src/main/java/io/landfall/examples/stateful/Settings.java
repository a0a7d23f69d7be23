package io.landfall.examples.stateful;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the environment says about an instance.
 *
 * @param pod by which people tell it from others: {@code POD_NAME}
 * @param port where it listens: {@code STATEFUL_PORT}
 * @param data where it keeps everything: {@code STATEFUL_DATA}
 * @param peers the file with all instances, an {@code ip:port} on each line: {@code STATEFUL_PEERS}
 * @param readEvery how often that file is looked at: {@code STATEFUL_READ_MILLIS}
 */
record Settings(String pod, int port, Path data, Path peers, Duration readEvery) {

    /**
     * Reads an environment.
     *
     * @throws NumberFormatException where a number is none
     */
    static Settings of(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("POD_NAME", "unknown"),
                Integer.parseInt(environment.getOrDefault("STATEFUL_PORT", "8080")),
                Path.of(environment.getOrDefault("STATEFUL_DATA", "/data")),
                Path.of(environment.getOrDefault("STATEFUL_PEERS", "/etc/landfall/peers/list")),
                Duration.ofMillis(Long.parseLong(environment.getOrDefault("STATEFUL_READ_MILLIS", "2000"))));
    }
}
