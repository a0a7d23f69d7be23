package io.landfall.catip;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * An external address as the injected file may say it; service-registry reads the same, and tests hold the two together.
 *
 * <p>Only the host counts here: a port in the file is for registries.
 */
public final class Address {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int MOST_SHOWN = 60;

    private final String host;

    private Address(String host) {
        this.host = host;
    }

    /**
     * Reads {@code 10.1.2.3}, {@code 2001:db8::7} or a host name, each with or without a port.
     *
     * @throws ShimException saying what is wrong with it
     */
    static Address parse(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("*.")) {
            throw new ShimException(
                    "'" + shown(trimmed) + "' stands for many names: write the one address of this pod");
        }
        boolean bareIpv6 = trimmed.indexOf(':') != trimmed.lastIndexOf(':') && !trimmed.startsWith("[");
        String host = hostOf(bareIpv6 ? "[" + trimmed + "]" : trimmed);
        if (!valid(host)) {
            throw new ShimException(
                    "'" + shown(trimmed) + "' is no address: write one like 10.1.2.3, 2001:db8::7 or a host name");
        }
        return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    /** Empty if there is none. */
    private static String hostOf(String authority) {
        try {
            URI uri = new URI("any://" + authority);
            boolean plain = authority.equals(uri.getRawAuthority())
                    && uri.getUserInfo() == null
                    && !authority.endsWith(":")
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535;
            String host = uri.getHost();
            return plain && host != null ? host : "";
        } catch (URISyntaxException | NumberFormatException e) {
            // The latter is how URI says that there are too many digits.
            return "";
        }
    }

    private static boolean valid(String host) {
        if (host.startsWith("[")) {
            // A zone is this machine's own name for one of its networks.
            return host.indexOf('%') < 0;
        }
        return digitsAndDots(host) ? ipv4(host) : name(host);
    }

    private static boolean digitsAndDots(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) != '.' && !digit(host.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean ipv4(String host) {
        int parts = 0;
        int begin = 0;
        while (begin <= host.length()) {
            int dot = host.indexOf('.', begin);
            int end = dot < 0 ? host.length() : dot;
            if (!octet(host.substring(begin, end))) {
                return false;
            }
            parts++;
            begin = end + 1;
        }
        return parts == 4;
    }

    private static boolean octet(String part) {
        boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
        return !part.isEmpty() && part.length() <= 3 && !leadingZero && Integer.parseInt(part) <= 255;
    }

    /** The URI has looked at the characters already. */
    private static boolean name(String host) {
        int begin = 0;
        while (begin <= host.length()) {
            int dot = host.indexOf('.', begin);
            int end = dot < 0 ? host.length() : dot;
            if (end == begin || end - begin > LONGEST_LABEL) {
                return false;
            }
            begin = end + 1;
        }
        return host.length() <= LONGEST_NAME;
    }

    /** It may be anything that somebody mounted: one line of a sentence, and no more of it than that. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MOST_SHOWN); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return text.length() > MOST_SHOWN ? shown.append("...").toString() : shown.toString();
    }

    /** The address without brackets, or the host name. */
    public String host() {
        return host;
    }

    /** Whether it is one of IPv4. */
    boolean ipv4() {
        return digitsAndDots(host);
    }

    /** Whether it is an address already, and no name that a DNS would have to be asked for. */
    public boolean numeric() {
        return host.indexOf(':') >= 0 || digitsAndDots(host);
    }
}
