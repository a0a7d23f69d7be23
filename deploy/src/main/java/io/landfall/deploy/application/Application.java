package io.landfall.deploy.application;

import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An application, as its {@code landfall.yaml} says.
 *
 * @param name of its workload, its container and its snapshots
 * @param type which template renders it
 * @param owner whom to ask
 * @param partOf the system that it belongs to; its own name, if it stands alone
 * @param modules of the repository that are built for it; empty: all
 * @param build how its image is built; empty: elsewhere
 * @param environments where it runs, with everything that is said of it there, in the order of the file
 * @param source what it was read from
 */
public record Application(
        String name,
        ApplicationType type,
        String owner,
        String partOf,
        List<String> modules,
        Optional<ImageBuild> build,
        List<Environment> environments,
        Source source) {

    /** Copies the lists. */
    public Application {
        modules = List.copyOf(modules);
        environments = List.copyOf(environments);
    }

    /**
     * Which file it was read from.
     *
     * @param file as it was named
     * @param digest SHA-256 of the file, in hexadecimal
     */
    public record Source(String file, String digest) {}

    /**
     * The environment of a name.
     *
     * @throws RefusedException if there is none, naming those that there are
     */
    public Environment environment(String environment) {
        return environments.stream()
                .filter(candidate -> candidate.name().equals(environment))
                .findFirst()
                .orElseThrow(() -> new RefusedException(List.of(new Violation(
                        source.file(),
                        "there is no environment '" + environment + "'",
                        "name one of "
                                + environments.stream().map(Environment::name).collect(Collectors.joining(", "))))));
    }
}
