package io.landfall.catip;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;

/** All that happens before {@code main}, in its order. */
final class Start implements BiConsumer<String, Instrumentation> {

    /** CAT asks a DNS for a name, falls back to an address of the pod's if there is none, and splits an address at its dots. */
    private static final String OF_CAT = "host.ip";

    @Override
    public void accept(String options, Instrumentation instrumentation) {
        try {
            run(Options.parse(options), instrumentation);
        } catch (ShimException e) {
            print(e.sentence());
            System.exit(1);
        }
    }

    private static void run(Options options, Instrumentation instrumentation) {
        AddressFile file = new AddressFile(options.file());
        Address address;
        try {
            address = file.await(options.waitMillis());
        } catch (ShimException e) {
            if (!options.ignoresMissing()) {
                throw new ShimException(e.sentence() + ", or go on without an address by missing=ignore");
            }
            print("warning: " + e.sentence() + "; the JVM goes on as if this agent were not there (missing=ignore)");
            return;
        }
        for (String name : options.properties()) {
            set(name, address, file);
        }
        Rewrites rewrites = new Rewrites(address, options.methods(), options.packages());
        if (rewrites.wanted()) {
            instrumentation.addTransformer(rewriter(rewrites));
            findLoaded(rewrites, instrumentation);
        }
    }

    /** What an agent before this one has loaded stays as it is. */
    private static void findLoaded(Rewrites rewrites, Instrumentation instrumentation) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            String name = loaded.getName().replace('.', '/');
            if (!rewrites.methodsOf(name).isEmpty()) {
                throw new ShimException("method= comes too late, as the class " + loaded.getName()
                        + " was loaded by an agent before this one: name this one first");
            }
            if (rewrites.callsOf(name)) {
                print(
                        "warning: the class " + loaded.getName()
                                + " was loaded by an agent before this one, so that jdk= leaves it as it is; name this one first");
            }
        }
    }

    private static void set(String name, Address address, AddressFile file) {
        if (name.equals(OF_CAT) && !address.ipv4()) {
            throw new ShimException("the property " + OF_CAT + " is CAT's, which takes IPv4 addresses only, and "
                    + file.path() + " says " + address.host()
                    + ": put one there, or name what the software reads by properties=");
        }
        String before = System.getProperty(name, "");
        if (before.isEmpty()) {
            System.setProperty(name, address.host());
        } else if (!before.equals(address.host())) {
            print("warning: the property " + name + " was " + before + " already and stays so, where " + file.path()
                    + " says " + address.host() + "; do not set it if the file is right");
        }
    }

    /** By name, because that package knows this one and not the other way round, and is rarely needed. */
    private static ClassFileTransformer rewriter(Rewrites rewrites) {
        try {
            return Class.forName("io.landfall.catip.asm.Rewriter")
                    .asSubclass(ClassFileTransformer.class)
                    .getConstructor(Rewrites.class)
                    .newInstance(rewrites);
        } catch (ReflectiveOperationException e) {
            throw new ShimException("its jar is not whole, so get another copy of it: " + e);
        }
    }

    /** There is no log yet. */
    static void print(String sentence) {
        System.err.println("cat-ip-shim: " + sentence);
    }
}
