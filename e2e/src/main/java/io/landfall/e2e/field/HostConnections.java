package io.landfall.e2e.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connections that processes of this host have to an IPv4 address, by Linux' tables of them. One thread's. */
final class HostConnections {

    /** A socket of Java's has IPv4 addresses in the table of IPv6, unless told otherwise. */
    private static final Set<Path> TABLES = Set.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final String ESTABLISHED = "01";

    private final String remote;
    private Set<String> open;
    private Instant changed = Instant.now();

    private HostConnections(String remote) {
        this.remote = remote;
        open = open();
    }

    /** @param address as numbers */
    static HostConnections to(String address) {
        return new HostConnections(asListed(address));
    }

    /** Looks again, and says when one was last seen to have come or gone. */
    Instant look() {
        Set<String> now = open();
        if (!now.equals(open)) {
            open = now;
            changed = Instant.now();
        }
        return changed;
    }

    private Set<String> open() {
        return TABLES.stream()
                .flatMap(HostConnections::rows)
                .map(row -> row.trim().split("\\s+"))
                .filter(row -> row[REMOTE].contains(remote) && row[STATE].equals(ESTABLISHED))
                .map(row -> row[LOCAL])
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> rows(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The bytes as a number of this machine's, which has the first one last, and the colon before the port. */
    private static String asListed(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return String.format("%02X%02X%02X%02X:", bytes[3], bytes[2], bytes[1], bytes[0]);
        } catch (UnknownHostException noNumber) {
            throw new IllegalArgumentException(address + " is no address", noNumber);
        }
    }
}
