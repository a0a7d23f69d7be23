package io.landfall.deploy;

import java.util.Optional;

/**
 * What CAT needs beside its instances.
 *
 * @param datasource its database
 * @param hdfs where instances with HDFS keep messages: {@code hdfs://10.1.77.86/user/cat}; empty: nowhere
 */
public record CatSettings(Datasource datasource, Optional<String> hdfs) {

    /**
     * CAT's database.
     *
     * @param secret the Secret whose key {@code datasources.xml} CAT reads
     * @param connection what to write into it; empty: somebody else does
     */
    public record Datasource(String secret, Optional<Connection> connection) {}

    /**
     * How CAT reaches its database.
     *
     * @param url JDBC's
     * @param user at the database
     * @param passwordVariable the variable of whoever applies the table that has the password. The password itself is in no table
     */
    public record Connection(String url, String user, String passwordVariable) {}
}
