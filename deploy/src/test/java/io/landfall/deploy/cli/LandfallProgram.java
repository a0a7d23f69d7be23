package io.landfall.deploy.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The program for tests of other packages. */
public final class LandfallProgram {

    private LandfallProgram() {}

    /** Has no releases. */
    public static CommandLine commandLine(Map<String, String> environment, Supplier<KubernetesClient> clusters) {
        return LandfallCommand.commandLine(new Surroundings(
                environment,
                Clock.systemUTC(),
                place -> clusters.get(),
                place -> {
                    throw new IllegalArgumentException("not wired yet");
                },
                Termination::bySignal));
    }
}
