package io.landfall.e2e.field;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.landfall.e2e.cluster.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a wildcard record of the DNS does, as a file of hosts: each entry of each pod has a name, and all mean one address. */
final class EntryNames implements ResourceEventHandler<Pod>, AutoCloseable {

    private static final String DOMAIN = "greeter.landfall.test";
    /** What those pods are told to register. */
    private static final int ENTRIES = 1;

    private final String address;
    private final Path file;
    private final SharedIndexInformer<Pod> pods;

    EntryNames(TestNamespace namespace, String address) {
        this.address = address;
        file = namespace.folder().resolve("hosts");
        begin();
        pods = namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", "greeter")
                .inform(this);
    }

    /** What pods are told as their external address. */
    String wildcard() {
        return "*." + DOMAIN;
    }

    /** For processes that must know the names. */
    Map<String, String> environment() {
        return Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + file.toAbsolutePath());
    }

    @Override
    public void onAdd(Pod pod) {
        String names = IntStream.range(0, ENTRIES)
                .mapToObj(entry -> pod.getMetadata().getName() + "-" + entry + "." + DOMAIN)
                .collect(Collectors.joining(" "));
        append(address + " " + names);
    }

    @Override
    public void onUpdate(Pod before, Pod after) {}

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {}

    @Override
    public void close() {
        pods.close();
    }

    /** This file is all that such a process knows, also of the machine it runs on. */
    private void begin() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            append("127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin " + file, e);
        }
    }

    private void append(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + file, e);
        }
    }
}
