package io.landfall.deploy.cli.instances;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.InstancePlan;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.kubernetes.InstanceCluster;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what would become of each instance. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Prints which instances would come, stay, move or go. Changes nothing.")
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private TableFile table = new TableFile();

    @Mixin
    private Confirmations confirmations = new Confirmations();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Supplier<KubernetesClient> clusters;

    PlanCommand(Supplier<KubernetesClient> clusters) {
        this.clusters = clusters;
    }

    @Override
    public Integer call() {
        InstanceTable wanted = table.readPlaced();
        try (KubernetesClient client = clusters.get()) {
            InstanceCluster cluster =
                    new InstanceCluster(client, wanted.namespace().orElseThrow());
            InstancePlan plan = InstancePlan.of(wanted, cluster.observe(wanted), confirmations.read());
            plan.steps().forEach(spec.commandLine().getOut()::println);
        }
        return 0;
    }
}
