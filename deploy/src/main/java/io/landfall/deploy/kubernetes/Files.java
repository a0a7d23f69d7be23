package io.landfall.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.landfall.deploy.CatSettings.Connection;
import io.landfall.deploy.CatSettings.Datasource;
import io.landfall.deploy.Instance;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.Port;
import io.landfall.deploy.cat.CatFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What pods mount: the address of each, and the files that name all of them. */
final class Files {

    static final String CLIENT = "client.xml";
    static final String DATASOURCES = "datasources.xml";
    static final String PEER_LIST = "list";

    private static final int HASH_CHARACTERS = 16;

    private final InstanceTable table;
    private final Map<String, String> contents;

    Files(InstanceTable table) {
        this.table = table;
        this.contents = table.cat().isPresent() ? cat(CatFiles.of(table)) : peers();
    }

    /** A key for each pod: each mounts its own as a file. */
    ConfigMap addresses() {
        return map(
                Names.addresses(table),
                table.instances().stream()
                        .collect(Collectors.toMap(
                                instance -> table.podName(instance.ordinal()),
                                instance -> instance.address().text() + "\n",
                                (one, other) -> one,
                                TreeMap::new)));
    }

    /** The same for all pods. */
    ConfigMap shared() {
        return map(table.cat().isPresent() ? Names.files(table) : Names.peers(table), contents);
    }

    /** Where the table says how CAT reaches its database. */
    Optional<Secret> datasources(UnaryOperator<String> passwords) {
        return table.cat().flatMap(cat -> cat.datasource()
                .connection()
                .map(connection -> secret(cat.datasource(), connection, passwords)));
    }

    /** Changes when those that run have to be started again. No password is in it. */
    String hash() {
        StringBuilder all = new StringBuilder();
        addresses()
                .getData()
                .forEach((key, value) -> all.append(key).append('=').append(value));
        contents.forEach((key, value) -> all.append(key).append('=').append(value));
        table.cat().flatMap(cat -> cat.datasource().connection()).ifPresent(all::append);
        return HexFormat.of().formatHex(digest(all.toString())).substring(0, HASH_CHARACTERS);
    }

    private Secret secret(Datasource datasource, Connection connection, UnaryOperator<String> passwords) {
        String text = CatFiles.datasources(connection, passwords.apply(connection.passwordVariable()));
        return new SecretBuilder()
                .withMetadata(Names.metadata(table, datasource.secret()))
                .withType("Opaque")
                .addToData(DATASOURCES, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static Map<String, String> cat(CatFiles files) {
        return new TreeMap<>(Map.of(
                CLIENT,
                files.client(),
                "server-config.xml",
                files.serverConfig(),
                "router-config.xml",
                files.routerConfig()));
    }

    private Map<String, String> peers() {
        Port first = table.container().ports().get(0);
        return Map.of(
                PEER_LIST,
                table.instances().stream()
                        .map(Instance::address)
                        .map(address -> address.withPort(first.number()) + "\n")
                        .collect(Collectors.joining()));
    }

    private ConfigMap map(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withMetadata(Names.metadata(table, name))
                .withData(data)
                .build();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
