package io.landfall.shutdown;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a drain when the JVM is told to stop: SIGTERM, SIGINT, or {@link System#exit}. A second SIGTERM or SIGINT, more than a
 * second later, means that somebody is in a hurry, and {@linkplain Drain#force forces} it.
 */
public final class JvmShutdown {

    private static final Logger log = LoggerFactory.getLogger(JvmShutdown.class);

    /** A wrapper that passes a signal on, beside one that got it with its whole group, makes two of one. */
    private static final long ONE_STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private JvmShutdown() {}

    /**
     * Hooks a drain into the JVM's shutdown. Call once per drain; does nothing if the JVM is stopping already.
     *
     * @return takes the drain out again, for an application that ends before its JVM does
     */
    public static Hook drainOnExit(Drain drain) {
        Thread thread = new Thread(() -> drainQuietly(drain), "landfall-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException stopping) {
            log.debug("The JVM is stopping already: no drain is hooked in");
        }
        return new Hook(thread);
    }

    /** From now on a signal forces the drain. Does nothing unless the JVM is stopping: its first signal is not ours. */
    public static void forceOnNextSignal(Drain drain) {
        if (stopping()) {
            onSignal("TERM", drain);
            onSignal("INT", drain);
        }
    }

    private static void drainQuietly(Drain drain) {
        try {
            forceOnNextSignal(drain);
            drain.run("SIGTERM");
        } catch (CompletionException alreadyLogged) {
            log.debug("The drain failed", alreadyLogged);
        }
    }

    /** The JVM tells it only by refusing a hook. */
    private static boolean stopping() {
        Thread never = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(never);
            Runtime.getRuntime().removeShutdownHook(never);
            return false;
        } catch (IllegalStateException stopping) {
            return true;
        }
    }

    /** By reflection: the JDK has no supported way to see a second signal, and may have none here. */
    private static void onSignal(String name, Drain drain) {
        long begin = System.nanoTime();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler force = (proxy, method, args) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.getName().equals("equals")
                            ? (Object) (proxy == args[0])
                            : System.identityHashCode(proxy);
                }
                if (System.nanoTime() - begin < ONE_STOP_NANOS) {
                    log.info("SIG{} within a second is the same one", name);
                    return null;
                }
                log.warn("A second signal: the drain ends now");
                drain.force();
                return null;
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, force);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.debug("A second SIG{} cannot be seen on this JVM: {}", name, e.toString());
        }
    }

    /** A drain's place in the JVM's shutdown. Safe for any thread. */
    public static final class Hook {
        private final Thread thread;

        private Hook(Thread thread) {
            this.thread = thread;
        }

        /** From now on the JVM stops without this drain; too late once it is stopping. */
        public void remove() {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException stopping) {
                log.debug("The JVM is stopping already: its drain runs");
            }
        }
    }
}
