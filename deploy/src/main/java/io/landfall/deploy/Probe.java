package io.landfall.deploy;

import java.util.Optional;

/**
 * How a kubelet sees that an instance is ready.
 *
 * @param port which is connected to
 * @param path that has to answer with a 2xx or 3xx; empty: an accepted connection is enough
 */
public record Probe(Port port, Optional<String> path) {}
