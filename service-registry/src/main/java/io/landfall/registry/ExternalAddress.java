package io.landfall.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An address that the world outside the cluster can reach.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a host name
 * @param port the port outside, if it differs from the container's; empty: the same
 */
public record ExternalAddress(String host, OptionalInt port) {

    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    /**
     * Reads {@code 10.1.2.3}, {@code 10.1.2.3:20880}, {@code [2001:db8::7]:20880}, {@code 2001:db8::7} or a host name with or
     * without a port.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ExternalAddress parse(String text) {
        String trimmed = text.trim();
        boolean bareIpv6 = trimmed.indexOf(':') != trimmed.lastIndexOf(':') && !trimmed.startsWith("[");
        URI uri = asUri(bareIpv6 ? "[" + trimmed + "]" : trimmed, text);
        String host = uri.getHost();
        if (host == null || !validHost(host) || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw notAnAddress(text);
        }
        return new ExternalAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(uri.getPort()));
    }

    private static URI asUri(String authority, String original) {
        try {
            URI uri = new URI("any://" + authority);
            if (!authority.equals(uri.getRawAuthority()) || uri.getUserInfo() != null || authority.endsWith(":")) {
                throw notAnAddress(original);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw notAnAddress(original);
        }
    }

    private static boolean validHost(String host) {
        if (host.startsWith("[")) {
            // A zone is this machine's own name for one of its networks.
            return host.indexOf('%') < 0;
        }
        return IPV4_LIKE.matcher(host).matches()
                ? IPV4.matcher(host).matches()
                : HOST_NAME.matcher(host).matches();
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("'" + text.strip()
                + "' is no address: write 10.1.2.3, 10.1.2.3:20880, [2001:db8::7]:20880 or a host name");
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port.isPresent() ? shown + ":" + port.getAsInt() : shown;
    }
}
