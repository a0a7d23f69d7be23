package io.landfall.deploy.cli.instances;

import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.cat.CatFiles;
import io.landfall.deploy.cat.CatSql;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the statements for CAT's database. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the statements that bring the configuration of servers and router into CAT's database,",
            "where CAT reads them. For MySQL: landfall cat sql instances.yaml | mysql cat"
        })
final class SqlCommand implements Callable<Integer> {

    @Mixin
    private TableFile table = new TableFile();

    /** Set by picocli. */
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        InstanceTable wanted = table.read();
        if (wanted.cat().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "the table is not of kind: cat, and needs no database");
        }
        spec.commandLine().getOut().print(CatSql.of(CatFiles.of(wanted)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
