package io.landfall.catip.programs;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks itself for an address, as software without a property does. */
public final class Net {

    private Net() {}

    /** Runs it. */
    public static void main(String[] arguments) throws UnknownHostException {
        System.out.println(localIp());
        System.out.println(new Net().address().getHostAddress());
    }

    static String localIp() {
        return "own";
    }

    InetAddress address() throws UnknownHostException {
        return InetAddress.getLoopbackAddress();
    }
}
