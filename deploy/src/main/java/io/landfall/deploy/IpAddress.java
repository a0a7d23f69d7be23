package io.landfall.deploy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address that others can reach. Two that are equal are the same address, however they were written.
 *
 * @param text IPv4, or IPv6 as RFC 5952 writes it, without brackets
 */
public record IpAddress(String text) {

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    /** No zone: that is this machine's own name for one of its networks. */
    private static final Pattern IPV6_LIKE = Pattern.compile("[0-9A-Fa-f:.]+");

    private static final Pattern ZEROES = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");
    private static final String BROADCAST = "255.255.255.255";

    /**
     * Reads an address; asks no name server.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static IpAddress parse(String text) {
        String trimmed = text.strip();
        boolean ipv6 = trimmed.indexOf(':') >= 0;
        if (!(ipv6 ? IPV6_LIKE : IPV4).matcher(trimmed).matches()) {
            throw notAnAddress(trimmed);
        }
        InetAddress address = literal(ipv6 ? "[" + trimmed + "]" : trimmed, trimmed);
        if (ipv6 && address instanceof Inet4Address) {
            throw new IllegalArgumentException(
                    "'" + trimmed + "' is an IPv4 address written as IPv6: write " + address.getHostAddress());
        }
        if (!reachable(address)) {
            throw new IllegalArgumentException("'" + trimmed + "' is an address that nobody else can reach");
        }
        return new IpAddress(ipv6 ? compressed(address.getHostAddress()) : trimmed);
    }

    /** Whether it is one of IPv6. */
    public boolean ipv6() {
        return text.indexOf(':') >= 0;
    }

    /** {@code 10.1.2.3:80} or {@code [2001:db8::7]:80}. */
    public String withPort(int port) {
        return (ipv6() ? "[" + text + "]" : text) + ":" + port;
    }

    private static InetAddress literal(String literal, String shown) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException malformed) {
            throw notAnAddress(shown);
        }
    }

    private static boolean reachable(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !address.getHostAddress().equals(BROADCAST);
    }

    /** The longest run of zeroes, and the first of equally long ones, becomes two colons. */
    private static String compressed(String full) {
        Matcher run = ZEROES.matcher(full);
        int start = 0;
        int end = 0;
        while (run.find()) {
            if (run.end() - run.start() > end - start) {
                start = run.start();
                end = run.end();
            }
        }
        return end == 0 ? full : full.substring(0, start) + "::" + full.substring(end);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("'" + text + "' is no IP address: write 10.1.2.3 or 2001:db8::7");
    }

    @Override
    public String toString() {
        return text;
    }
}
