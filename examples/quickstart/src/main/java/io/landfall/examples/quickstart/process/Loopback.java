package io.landfall.examples.quickstart.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.stream.IntStream;

/** Which addresses and ports this machine lets us use. */
public final class Loopback {

    private static final int PORTS_TO_TRY = 200;

    private Loopback() {}

    /**
     * Fails where only 127.0.0.1 exists.
     *
     * @throws CannotRunException naming the first address that cannot be bound
     */
    public static void requireUsable(Collection<String> addresses) {
        for (String address : addresses) {
            if (!isFree(address, 0)) {
                throw new CannotRunException("Cannot bind " + address
                        + ", though each process here needs a loopback address of its own; Linux has them all, on macOS"
                        + " each takes a 'sudo ifconfig lo0 alias " + address + "'.");
            }
        }
    }

    /**
     * A port that is free on all of the addresses: the wanted one, or else, if any will do, the next.
     *
     * @param what names the port in the sentence, with the property that sets it
     * @param fixed whether only the wanted port will do
     * @throws CannotRunException if there is none
     */
    public static int freePort(String what, Collection<String> addresses, int wanted, boolean fixed) {
        return IntStream.range(wanted, wanted + (fixed ? 1 : PORTS_TO_TRY))
                .filter(port -> addresses.stream().allMatch(address -> isFree(address, port)))
                .findFirst()
                .orElseThrow(() -> new CannotRunException("Port " + wanted + " for the " + what
                        + (fixed ? " is taken" : " and the " + PORTS_TO_TRY + " after it are taken")
                        + "; free it or choose another."));
    }

    private static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
