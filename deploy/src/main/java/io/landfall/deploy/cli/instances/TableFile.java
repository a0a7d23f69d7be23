package io.landfall.deploy.cli.instances;

import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import io.landfall.deploy.instances.InstanceTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which table, and where its instances live. */
final class TableFile {

    @Parameters(paramLabel = "FILE", description = "The table of instances, in YAML.")
    private Path file = Path.of("instances.yaml");

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The namespace, instead of the table's.")
    private @Nullable String namespace;

    /** The table, in the namespace that was named. */
    InstanceTable read() {
        InstanceTable table = InstanceTableReader.read(String.valueOf(file.getFileName()), text());
        return namespace == null ? table : table.inNamespace(namespace);
    }

    /** The same, for what needs a cluster. */
    InstanceTable readPlaced() {
        InstanceTable table = read();
        if (table.namespace().isEmpty()) {
            throw refused("there is no namespace", "add one to the table, or say --namespace NAME");
        }
        return table;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw refused(
                    "it cannot be read (" + unreadable.getClass().getSimpleName() + ")", "name a file with a table");
        }
    }

    private RefusedException refused(String problem, String remedy) {
        return new RefusedException(List.of(new Violation(file.toString(), problem, remedy)));
    }
}
