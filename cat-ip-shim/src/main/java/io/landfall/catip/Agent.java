package io.landfall.catip;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.security.ProtectionDomain;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls before the application's {@code main}.
 *
 * <p>It is also the class loader of all else in its jar: the application sees this class, and a loader of its own would be a
 * second one to see.
 */
public final class Agent extends ClassLoader {

    static {
        // Its classes are loaded while application classes are, by threads that hold the locks of those.
        registerAsParallelCapable();
    }

    private static final String FOLDER = "landfall/";

    /** Stays open: what rewrites classes is loaded when the first of them is. */
    private final ZipFile jar;

    private final ProtectionDomain domain;

    private Agent(ZipFile jar, ProtectionDomain domain) {
        // The JDK's classes, and none of the application's.
        super(null);
        this.jar = jar;
        this.domain = domain;
    }

    /**
     * Called by the JVM; ends it with 1 if the options or the address are wrong.
     *
     * @param options what follows {@code -javaagent:cat-ip-shim.jar=}
     */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        try {
            start(options == null ? "" : options, instrumentation);
        } catch (IOException | URISyntaxException | ReflectiveOperationException | LinkageError e) {
            stop("its jar cannot be read, so get another copy of it: " + e);
        } catch (RuntimeException e) {
            stop("it could not begin, which is a fault of its own, so go without it and report this: " + e);
        }
    }

    /** Not as an exception, with which the JVM would abort. */
    private static void stop(String sentence) {
        System.err.println("cat-ip-shim: " + sentence);
        System.exit(1);
    }

    private static void start(String options, Instrumentation instrumentation)
            throws IOException, URISyntaxException, ReflectiveOperationException {
        ProtectionDomain domain = Agent.class.getProtectionDomain();
        File jar = new File(domain.getCodeSource().getLocation().toURI());
        Class<?> start = new Agent(new ZipFile(jar), domain).loadClass("io.landfall.catip.Start");
        Constructor<?> constructor = start.getDeclaredConstructor();
        // Of another loader, so of another package.
        constructor.setAccessible(true);
        @SuppressWarnings("unchecked") // Its own source says so.
        BiConsumer<String, Instrumentation> first = (BiConsumer<String, Instrumentation>) constructor.newInstance();
        first.accept(options, instrumentation);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = jar.getEntry(FOLDER + name.replace('.', '/') + ".classdata");
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = new byte[(int) entry.getSize()];
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.readFully(bytes);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return defineClass(name, bytes, 0, bytes.length, domain);
    }
}
