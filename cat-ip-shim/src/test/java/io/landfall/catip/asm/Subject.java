package io.landfall.catip.asm;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is rewritten in the tests. */
@SuppressWarnings("unused") // By reflection.
public class Subject {

    private static final NetworkInterface ANY = any();

    /** Stays. */
    @Deprecated
    public static String text() {
        try {
            return "own of " + InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            return "own";
        }
    }

    /** Of an instance, and locked. */
    public synchronized InetAddress address() throws UnknownHostException {
        for (int i = 0; i < 3; i++) {
            if (i == 2) {
                return InetAddress.getLoopbackAddress();
            }
        }
        throw new UnknownHostException();
    }

    /** Has no code at all. */
    public native String ofNative();

    /** Neither of the types. */
    public static int number() {
        return 1;
    }

    /** Has a parameter. */
    public static String withParameter(String text) {
        return text;
    }

    /** Is left alone. */
    public static String other() {
        return "own";
    }

    /** A call. */
    public static InetAddress localHost() throws UnknownHostException {
        return InetAddress.getLocalHost();
    }

    /** A call, with jumps around. */
    public static List<InetAddress> ofInterface() {
        List<InetAddress> found = Collections.emptyList();
        for (int i = 0; i < 2; i++) {
            found = i == 0 ? found : Collections.list(ANY.getInetAddresses());
        }
        return found;
    }

    /** A call in a lambda. */
    public static List<InetAddress> inLambda() {
        return Stream.of(ANY).flatMap(i -> i.inetAddresses()).toList();
    }

    /** References. */
    public static List<InetAddress> byReference() {
        Function<NetworkInterface, Stream<InetAddress>> addresses = NetworkInterface::inetAddresses;
        return Stream.of(ANY).flatMap(addresses).toList();
    }

    /** A reference to a static method. */
    public static InetAddress localHostByReference() throws Exception {
        Callable<InetAddress> localHost = InetAddress::getLocalHost;
        return localHost.call();
    }

    private static NetworkInterface any() {
        try {
            return NetworkInterface.getNetworkInterfaces().nextElement();
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another class of the package, without anything to rewrite. */
    public static final class Plain {}

    /** Has no code in this class. */
    public abstract static class WithoutCode {
        /** Is somewhere else. */
        public abstract String text();
    }

    /** Has a bridge. */
    public static final class Bridged implements Callable<String> {
        @Override
        public String call() {
            return "own";
        }
    }
}
