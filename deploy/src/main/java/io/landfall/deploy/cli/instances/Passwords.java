package io.landfall.deploy.cli.instances;

import io.landfall.deploy.CatSettings.Connection;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Passwords of the environment, and what is shown in their place. */
final class Passwords {

    private Passwords() {}

    /** For people's eyes. */
    static UnaryOperator<String> hidden() {
        return variable -> "(from the variable " + variable + ")";
    }

    /**
     * The real ones.
     *
     * @throws RefusedException if a table names a variable that is not set
     */
    static UnaryOperator<String> of(Map<String, String> environment, InstanceTable table) {
        Optional<String> missing = table.cat()
                .flatMap(cat -> cat.datasource().connection())
                .map(Connection::passwordVariable)
                .filter(variable -> environment.getOrDefault(variable, "").isEmpty());
        if (missing.isPresent()) {
            throw new RefusedException(List.of(new Violation(
                    "variable " + missing.get(), "is not set", "export it: it is the password of CAT's database")));
        }
        return variable -> environment.getOrDefault(variable, "");
    }
}
