package io.landfall.deploy.cat;

import io.landfall.deploy.CatSettings;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.Role;
import java.util.List;

/** The row {@code server-config}: what holds for all, and for each address what is different. */
final class ServerConfig {

    private static final String LOCAL_DIRECTORY = "/data/appdatas/cat/bucket/";

    private ServerConfig() {}

    static String of(InstanceTable table) {
        Xml xml = new Xml().begin("server-config");
        everybody(xml, table);
        table.instances().forEach(instance -> one(xml, instance));
        return xml.end().toString();
    }

    private static void everybody(Xml xml, InstanceTable table) {
        xml.begin("server", "id", "default").begin("properties").property("local-mode", false);
        roles(xml, false, false, false, false);
        xml.property("remote-servers", CatFiles.remoteServers(table)).end();
        storage(xml, table);
        xml.begin("consumer")
                .leaf(
                        "long-config",
                        "default-url-threshold",
                        "1000",
                        "default-sql-threshold",
                        "100",
                        "default-service-threshold",
                        "50")
                .end()
                .end();
    }

    private static void storage(Xml xml, InstanceTable table) {
        xml.begin(
                "storage",
                "local-base-dir",
                LOCAL_DIRECTORY,
                "max-hdfs-storage-time",
                "15",
                "local-report-storage-time",
                "7",
                // Spelt like that in CAT.
                "local-logivew-storage-time",
                "7");
        table.cat().flatMap(CatSettings::hdfs).ifPresent(uri -> {
            for (String id : List.of("logview", "dump", "remote")) {
                xml.leaf("hdfs", "id", id, "max-size", "128M", "server-uri", uri, "base-dir", id);
            }
        });
        xml.end();
    }

    private static void one(Xml xml, Instance instance) {
        xml.begin("server", "id", CatFiles.id(instance)).begin("properties");
        roles(xml, instance.is(Role.JOB), instance.is(Role.SEND), instance.is(Role.ALARM), instance.hdfs());
        xml.end().end();
    }

    private static void roles(Xml xml, boolean job, boolean send, boolean alarm, boolean hdfs) {
        xml.property("job-machine", job)
                .property("send-machine", send)
                .property("alarm-machine", alarm)
                .property("hdfs-enabled", hdfs);
    }
}
