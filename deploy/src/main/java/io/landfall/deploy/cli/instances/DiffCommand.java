package io.landfall.deploy.cli.instances;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.kubernetes.InstanceCluster;
import io.landfall.deploy.kubernetes.StatefulTemplate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what applying would change in each object. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Prints each field that applying would change, by the API server's own dry run. Changes nothing.")
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private TableFile table = new TableFile();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;
    private final Supplier<KubernetesClient> clusters;

    DiffCommand(Map<String, String> environment, Supplier<KubernetesClient> clusters) {
        this.environment = environment;
        this.clusters = clusters;
    }

    @Override
    public Integer call() {
        InstanceTable wanted = table.readPlaced();
        var objects = StatefulTemplate.render(wanted, Passwords.of(environment, wanted));
        try (KubernetesClient client = clusters.get()) {
            new InstanceCluster(client, wanted.namespace().orElseThrow())
                    .diff(objects)
                    .forEach(spec.commandLine().getOut()::println);
        }
        return 0;
    }
}
