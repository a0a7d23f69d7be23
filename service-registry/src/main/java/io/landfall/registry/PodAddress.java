package io.landfall.registry;

/**
 * Where one pod listens, for those in its own cluster.
 *
 * @param host an IPv4 address, an IPv6 address in brackets, or a host name
 * @param port the container's
 */
public record PodAddress(String host, int port) {

    /** What an entry calls it, in the form {@code 10.244.0.7:20880}. */
    public static final String KEY = "landfall.pod-ip";

    /**
     * Reads {@code 10.244.0.7:20880} or {@code [fd00::7]:20880}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PodAddress parse(String text) {
        ExternalAddress read = ExternalAddress.parse(text);
        if (read.wildcard() || read.port().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is no address of a pod: write 10.244.0.7:20880 or [fd00::7]:20880");
        }
        return new PodAddress(inBrackets(read.host()), read.port().getAsInt());
    }

    /**
     * The same of its parts.
     *
     * @param host with or without brackets, if it is an IPv6 address
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PodAddress of(String host, int port) {
        return parse(inBrackets(host) + ":" + port);
    }

    private static String inBrackets(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
