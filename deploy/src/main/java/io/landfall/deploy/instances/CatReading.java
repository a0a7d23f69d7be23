package io.landfall.deploy.instances;

import io.landfall.deploy.CatSettings;
import io.landfall.deploy.CatSettings.Connection;
import io.landfall.deploy.CatSettings.Datasource;
import io.landfall.deploy.names.NameRule;
import io.landfall.deploy.yaml.Fields;
import io.landfall.deploy.yaml.Formats;
import io.landfall.deploy.yaml.Value;
import java.util.Optional;

/** Reads the part of the table that only CAT has. */
final class CatReading {

    private static final String URL = "url";
    private static final String USER = "user";
    private static final String PASSWORD_VARIABLE = "password-variable";

    private CatReading() {}

    static Optional<CatSettings> read(Fields cat) {
        Optional<Datasource> datasource = cat.mapping("datasource").flatMap(CatReading::datasource);
        if (!cat.has("datasource")) {
            cat.missing("datasource");
        }
        Optional<String> hdfs = cat.optional("hdfs").flatMap(value -> value.read(Formats::hdfs, "write where HDFS is"));
        cat.end();
        return datasource.map(database -> new CatSettings(database, hdfs));
    }

    private static Optional<Datasource> datasource(Fields fields) {
        Optional<String> secret = fields.required("secret").flatMap(value -> value.name(NameRule.DNS_SUBDOMAIN));
        boolean written = fields.has(URL) || fields.has(USER) || fields.has(PASSWORD_VARIABLE);
        Optional<Connection> connection = written ? connection(fields) : Optional.empty();
        fields.end();
        return secret.map(name -> new Datasource(name, connection));
    }

    private static Optional<Connection> connection(Fields fields) {
        Optional<String> url =
                fields.required(URL).flatMap(value -> value.read(Formats::jdbc, "write where the database is"));
        Optional<String> user = fields.required(USER).map(Value::text);
        Optional<String> variable = fields.required(PASSWORD_VARIABLE)
                .flatMap(value -> value.read(Formats::variable, "name the variable, and not the password"));
        return url.flatMap(there -> user.flatMap(who -> variable.map(name -> new Connection(there, who, name))));
    }
}
