package io.landfall.config.spring;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.config.Profiles;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * What decides which documents count.
 *
 * @param profiles the accepted ones, later ones above earlier ones; null while nobody knows them yet
 * @param onPlatform finds the platform, null for none that Boot knows; looked for only where a document asks for one
 */
record Activation(@Nullable List<String> profiles, Supplier<@Nullable CloudPlatform> onPlatform) {

    /** Documents for profiles wait until profiles are known. */
    static final Activation UNKNOWN_PROFILES = new Activation(null, () -> null);

    static Activation of(Profiles profiles, Binder binder) {
        return new Activation(List.copyOf(profiles.getAccepted()), () -> platform(binder));
    }

    private static @Nullable CloudPlatform platform(Binder binder) {
        return Stream.of(CloudPlatform.values())
                .filter(p -> p.isEnforced(binder))
                .findFirst()
                .orElseGet(() -> CloudPlatform.getActive(new StandardEnvironment()));
    }

    /** As it is once an environment is complete. */
    static Activation of(ConfigurableEnvironment environment) {
        String[] active = environment.getActiveProfiles();
        return new Activation(
                Arrays.asList(active.length == 0 ? environment.getDefaultProfiles() : active),
                () -> CloudPlatform.getActive(environment));
    }

    @Nullable
    CloudPlatform platform() {
        return onPlatform.get();
    }

    /** How high a profile stands; negative: it is not accepted. */
    int rank(String profile) {
        return profiles == null ? -1 : profiles.lastIndexOf(profile);
    }
}
