package io.landfall.catip.programs.inside;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;

/** Asks the JDK, and has the same done in another package. */
public final class Asks {

    private Asks() {}

    /** Runs it. */
    public static void main(String[] arguments) throws UnknownHostException, SocketException {
        System.out.println("inside " + InetAddress.getLocalHost().getHostAddress());
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(one.getInetAddresses())) {
                System.out.println("inside " + address.getHostAddress());
            }
        }
        io.landfall.catip.programs.outside.Asks.ask();
    }
}
