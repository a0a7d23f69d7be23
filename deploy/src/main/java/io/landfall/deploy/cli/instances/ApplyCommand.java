package io.landfall.deploy.cli.instances;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.InstancePlan;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.kubernetes.InstanceCluster;
import io.landfall.deploy.kubernetes.StatefulTemplate;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the cluster what the table says. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the cluster what the table says, by server-side apply. Can be repeated.",
            "A password of CAT's database comes from the variable that the table names."
        })
final class ApplyCommand implements Callable<Integer> {

    @Mixin
    private TableFile table = new TableFile();

    @Mixin
    private Confirmations confirmations = new Confirmations();

    @Option(names = "--force-conflicts", description = "Take fields that somebody else has set meanwhile.")
    private boolean force;

    @Option(names = "--dry-run", description = "Let the API server check everything, and change nothing.")
    private boolean dryRun;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;
    private final Supplier<KubernetesClient> clusters;

    ApplyCommand(Map<String, String> environment, Supplier<KubernetesClient> clusters) {
        this.environment = environment;
        this.clusters = clusters;
    }

    @Override
    public Integer call() {
        InstanceTable wanted = table.readPlaced();
        var objects = StatefulTemplate.render(wanted, Passwords.of(environment, wanted));
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = clusters.get()) {
            InstanceCluster cluster =
                    new InstanceCluster(client, wanted.namespace().orElseThrow());
            InstancePlan plan = InstancePlan.of(wanted, cluster.observe(wanted), confirmations.read());
            plan.steps().forEach(out::println);
            if (dryRun) {
                cluster.dryRun(objects);
            } else {
                cluster.apply(wanted, objects, plan, force, out::println);
            }
        }
        return 0;
    }
}
