package io.landfall.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An address that the world outside the cluster can reach.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, a host name, or {@code *.} and a host name: below it every name
 *     means this address (a wildcard record of the DNS), so that each entry can have a name of its own
 * @param port the port outside, if it differs from the container's; empty: the same
 */
public record ExternalAddress(String host, OptionalInt port) {

    private static final String ANY_LABEL = "*.";
    /** RFC 1035, section 2.3.4. */
    private static final int LONGEST_LABEL = 63;

    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    /**
     * Reads {@code 10.1.2.3}, {@code 10.1.2.3:20880}, {@code [2001:db8::7]:20880}, {@code 2001:db8::7} or a host name with or
     * without a port, which may begin with {@code *.}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ExternalAddress parse(String text) {
        String trimmed = text.trim();
        boolean wildcard = trimmed.startsWith(ANY_LABEL);
        String plain = wildcard ? trimmed.substring(ANY_LABEL.length()) : trimmed;
        boolean bareIpv6 = plain.indexOf(':') != plain.lastIndexOf(':') && !plain.startsWith("[");
        URI uri = asUri(bareIpv6 ? "[" + plain + "]" : plain, text);
        String host = uri.getHost();
        if (host == null || !validHost(host) || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw notAnAddress(text);
        }
        if (wildcard && !isName(host)) {
            throw notAnAddress(text);
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ExternalAddress(
                wildcard ? ANY_LABEL + bare : bare,
                uri.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(uri.getPort()));
    }

    /** Whether every name below the host means this address. */
    public boolean wildcard() {
        return host.startsWith(ANY_LABEL);
    }

    /**
     * One of the names of a wildcard; the address itself if it is none.
     *
     * @param words what tells the name from others. What no label may have becomes a dash; of more than 63 characters the last
     *     count, where names that a cluster makes differ
     */
    public ExternalAddress named(String words) {
        if (!wildcard()) {
            return this;
        }
        String label = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String end =
                label.substring(Math.max(0, label.length() - LONGEST_LABEL)).replaceAll("^-+|-+$", "");
        return new ExternalAddress(end + host.substring(1), port);
    }

    /** The same host at another port. */
    public ExternalAddress withPort(int other) {
        return new ExternalAddress(host, OptionalInt.of(other));
    }

    private static URI asUri(String authority, String original) {
        try {
            URI uri = new URI("any://" + authority);
            if (!authority.equals(uri.getRawAuthority()) || uri.getUserInfo() != null || authority.endsWith(":")) {
                throw notAnAddress(original);
            }
            return uri;
        } catch (URISyntaxException | NumberFormatException e) {
            // The JDK lets the second one through for a long run of digits in an IPv4 address.
            throw notAnAddress(original);
        }
    }

    private static boolean validHost(String host) {
        if (host.startsWith("[")) {
            // A zone is this machine's own name for one of its networks.
            return host.indexOf('%') < 0;
        }
        return IPV4_LIKE.matcher(host).matches() ? IPV4.matcher(host).matches() : isName(host);
    }

    private static boolean isName(String host) {
        return !IPV4_LIKE.matcher(host).matches() && HOST_NAME.matcher(host).matches();
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "'" + text.strip()
                        + "' is no address: write 10.1.2.3, 10.1.2.3:20880, [2001:db8::7]:20880 or a host name, which may begin with *.");
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port.isPresent() ? shown + ":" + port.getAsInt() : shown;
    }
}
