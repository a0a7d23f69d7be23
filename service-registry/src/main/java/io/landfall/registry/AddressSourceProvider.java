package io.landfall.registry;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings a place where the external address may be found, and that needs more than the JDK. Found by
 * {@link java.util.ServiceLoader}; its place is looked at after the property, the environment and the file.
 */
public interface AddressSourceProvider {

    /**
     * The place, if the settings name one.
     *
     * @param settings the value of a setting by the name of its property; null: not set
     * @throws IllegalArgumentException if they name one in a way that nobody understands
     */
    Optional<AddressSource> from(Function<String, @Nullable String> settings);
}
