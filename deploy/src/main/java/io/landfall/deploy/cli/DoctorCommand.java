package io.landfall.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.doctor.Doctor;
import io.landfall.deploy.doctor.Finding;
import io.landfall.deploy.doctor.Finding.Level;
import io.landfall.deploy.report.Columns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether releases can work. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at all that releases in a namespace need, and at what dead ones left. Changes nothing.",
            "Ends with 1 if releases cannot work."
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--for",
            paramLabel = "WHOM",
            defaultValue = "engine",
            description = "Whose rights are wanted: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Account whom = Account.ENGINE;

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Surroundings around;

    DoctorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        try (KubernetesClient client = around.clusters().apply(place.read())) {
            Doctor doctor = new Doctor(
                    client, Optional.ofNullable(client.getNamespace()).orElse("default"));
            findings.addAll(doctor.examine(whom.role().rules()));
            if (!failed(findings)) {
                try (ReleaseDesk desk = around.desks().apply(place.read())) {
                    findings.addAll(doctor.leftovers(desk.cluster().orders()));
                }
            }
        }
        print(findings);
        return failed(findings) ? ExitCodes.REFUSED : ExitCodes.DONE;
    }

    private static boolean failed(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAILURE);
    }

    private void print(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            findings.forEach(finding -> json.addObject()
                    .put("subject", finding.subject())
                    .put("level", finding.level().toString())
                    .put("detail", finding.detail())
                    .put("remedy", finding.remedy().isEmpty() ? null : finding.remedy()));
            out.println(OutputOption.pretty(json));
        } else {
            findings.forEach(finding -> out.println(Columns.plain(finding.toString())));
        }
    }
}
