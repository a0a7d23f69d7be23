package io.landfall.deploy.cat;

import io.landfall.deploy.CatSettings.Connection;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.Role;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What CAT reads, from a table of its instances. The same for every instance: each finds its own row by its address.
 *
 * @param client {@code client.xml}: where clients find CAT, which is a client of itself too
 * @param serverConfig the row {@code server-config} of CAT's database: what each instance does
 * @param routerConfig the row {@code routerConfig}: which instances take messages
 */
public record CatFiles(String client, String serverConfig, String routerConfig) {

    /** What clients send to; CAT's documentation forbids to change it. */
    private static final String MESSAGES = "2280";

    private static final String HTTP = "8080";
    private static final String WEIGHT = "1.0";

    /** Writes them. */
    public static CatFiles of(InstanceTable table) {
        return new CatFiles(client(table), ServerConfig.of(table), router(table));
    }

    /**
     * {@code datasources.xml}, which is a secret.
     *
     * @throws IllegalArgumentException if the password cannot be written into XML; it is not in the message
     */
    public static String datasources(Connection connection, String password) {
        return new Xml()
                .begin("data-sources")
                .begin("data-source", "id", "cat")
                .words("maximum-pool-size", "3")
                .words("connection-timeout", "1s")
                .words("idle-timeout", "10m")
                .words("statement-cache-size", "1000")
                .begin("properties")
                .words("driver", "com.mysql.jdbc.Driver")
                .words("url", connection.url())
                .words("user", connection.user())
                .words("password", password)
                .words(
                        "connectionProperties",
                        "useUnicode=true&characterEncoding=UTF-8&autoReconnect=true&socketTimeout=120000")
                .end()
                .end()
                .end()
                .toString();
    }

    private static String client(InstanceTable table) {
        Xml xml = new Xml().begin("config", "mode", "client").begin("servers");
        table.instances()
                .forEach(instance -> xml.leaf("server", "ip", id(instance), "port", MESSAGES, "http-port", HTTP));
        return xml.end().end().toString();
    }

    /** People's console takes messages only where there is nobody else, and when nobody else is left. */
    private static String router(InstanceTable table) {
        List<Instance> consumers = consumers(table);
        String backup = table.instances().stream()
                .filter(instance -> instance.is(Role.CONSOLE))
                .findFirst()
                .map(CatFiles::id)
                .orElseThrow();
        Xml xml = new Xml().begin("router-config", "backup-server", backup, "backup-server-port", MESSAGES);
        table.instances()
                .forEach(instance -> xml.leaf(
                        "default-server",
                        "id",
                        id(instance),
                        "weight",
                        WEIGHT,
                        "port",
                        MESSAGES,
                        "enable",
                        String.valueOf(consumers.contains(instance))));
        xml.begin(
                        "network-policy",
                        "id",
                        "default",
                        "title",
                        "default",
                        "block",
                        "false",
                        "server-group",
                        "default_group")
                .end()
                .begin("server-group", "id", "default_group", "title", "default-group");
        consumers.forEach(instance -> xml.leaf("group-server", "id", id(instance)));
        xml.end().begin("domain", "id", "cat").begin("group", "id", "default");
        consumers.forEach(instance -> xml.leaf("server", "id", id(instance), "port", MESSAGES, "weight", WEIGHT));
        return xml.end().end().end().toString();
    }

    private static List<Instance> consumers(InstanceTable table) {
        List<Instance> others = table.instances().stream()
                .filter(instance -> !instance.is(Role.CONSOLE))
                .toList();
        return others.isEmpty() ? table.instances() : others;
    }

    static String remoteServers(InstanceTable table) {
        return table.instances().stream()
                .map(CatFiles::id)
                .map(ip -> ip + ":" + HTTP)
                .collect(Collectors.joining(","));
    }

    static String id(Instance instance) {
        return instance.address().text();
    }
}
