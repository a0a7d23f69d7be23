package io.landfall.examples.stateful;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this software takes for its own address. */
final class OwnAddress {

    private OwnAddress() {}

    /** As CAT's NetworkInterfaceManager: the property, else what the machine says; once, when it starts. */
    static String find() throws UnknownHostException {
        String named = System.getProperty("host.ip");
        return named == null ? InetAddress.getLocalHost().getHostAddress() : named;
    }
}
