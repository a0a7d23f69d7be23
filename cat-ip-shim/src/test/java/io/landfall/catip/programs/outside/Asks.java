package io.landfall.catip.programs.outside;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;

/** Asks the JDK. */
public final class Asks {

    private Asks() {}

    /** Prints what it says. */
    public static void ask() throws UnknownHostException, SocketException {
        System.out.println("outside " + InetAddress.getLocalHost().getHostAddress());
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(one.getInetAddresses())) {
                System.out.println("outside " + address.getHostAddress());
            }
        }
    }
}
