package io.landfall.benchmarks.load;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * An import that has nothing to do: its keys are in arrays before anything starts. What it adds to a start is what Boot takes for the keys
 * of any import, and so less than any other can add. No map, and no file: reading one would leave code compiled that the others find cold.
 */
final class HeldKeys {

    static final String PREFIX = "held:";

    private static String[] names = {};
    private static String[] values = {};

    private HeldKeys() {}

    static void hold(int count) {
        names = IntStream.range(0, count).mapToObj(Keys::name).toArray(String[]::new);
        values = IntStream.range(0, count).mapToObj(Keys::value).toArray(String[]::new);
    }

    static final class Resource extends ConfigDataResource {}

    static final class Resolver implements ConfigDataLocationResolver<Resource> {

        @Override
        public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
            return location.hasPrefix(PREFIX);
        }

        @Override
        public List<Resource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
            return List.of(new Resource());
        }
    }

    static final class Loader implements ConfigDataLoader<Resource> {

        @Override
        public ConfigData load(ConfigDataLoaderContext context, Resource resource) {
            return new ConfigData(List.of(new Source()));
        }
    }

    /** Nothing is looked for twice, and Boot may remember how keys are spelled. */
    private static final class Source extends EnumerablePropertySource<String[]> implements OriginLookup<String> {

        Source() {
            super("held", values);
        }

        @Override
        public @Nullable Object getProperty(String name) {
            int number = Keys.number(name);
            return number < 0 || number >= source.length ? null : source[number];
        }

        @Override
        public boolean containsProperty(String name) {
            return getProperty(name) != null;
        }

        @Override
        public String[] getPropertyNames() {
            return names;
        }

        @Override
        public @Nullable Origin getOrigin(String key) {
            return null;
        }

        @Override
        public boolean isImmutable() {
            return true;
        }
    }
}
