package io.landfall.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the external address in one place after the other; the first that says something wins.
 *
 * @param sources in order of precedence
 */
public record AddressChain(List<AddressSource> sources) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AddressChain.class);

    /** Copies the list. */
    public AddressChain {
        sources = List.copyOf(sources);
    }

    /** The address of the first place that has one. */
    public Optional<ExternalAddress> find() {
        for (AddressSource source : sources) {
            Optional<ExternalAddress> found = source.find();
            if (found.isPresent()) {
                log.info("External address {} (from {})", found.get(), source.place());
                return found;
            }
        }
        return Optional.empty();
    }

    /** The same without waiting for what may come later, and without a word: to see whether it has changed. */
    public Optional<ExternalAddress> look() {
        return sources.stream()
                .map(AddressSource::look)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * The address of the first place that has one.
     *
     * @throws IllegalStateException if no place has one, with the list of places looked at and what to do
     */
    public ExternalAddress require() {
        return find().orElseThrow(() -> new IllegalStateException("No external address found. Looked at: "
                + sources.stream().map(AddressSource::place).collect(Collectors.joining(", "))
                + ". Set one of them, or landfall.registry.missing=pod-ip to register the pod's own address"));
    }

    /** Lets no place follow anything any longer. */
    @Override
    public void close() {
        sources.forEach(AddressSource::close);
    }
}
