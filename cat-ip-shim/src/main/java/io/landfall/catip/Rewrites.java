package io.landfall.catip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be rewritten, and the address that it is to say. Immutable. */
public final class Rewrites {

    private final Address address;
    /** By the class's name as class files have it. */
    private final Map<String, List<String>> methods = new HashMap<>();
    /** As class files begin the names of their classes. */
    private final List<String> packages = new ArrayList<>();

    /**
     * Takes names as Java source has them.
     *
     * @param methods each {@code package.Class.method}
     * @param packages whose calls to the JDK are rewritten, with all packages below
     */
    public Rewrites(Address address, List<String> methods, List<String> packages) {
        this.address = address;
        for (String method : methods) {
            int dot = method.lastIndexOf('.');
            String owner = method.substring(0, dot).replace('.', '/');
            List<String> names = this.methods.get(owner);
            if (names == null) {
                names = new ArrayList<>();
                this.methods.put(owner, names);
            }
            String name = method.substring(dot + 1);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        for (String name : packages) {
            this.packages.add(name.replace('.', '/') + "/");
        }
        if (!packages.isEmpty() && !address.numeric()) {
            throw new ShimException("jdk= needs an address of numbers, and '" + address.host()
                    + "' is a name: put the address into the file, or leave jdk= out");
        }
    }

    /** What is to be said. */
    public Address address() {
        return address;
    }

    /** Of a class by the name that class files have; mostly empty. */
    public List<String> methodsOf(String owner) {
        List<String> names = methods.get(owner);
        return names == null ? Collections.<String>emptyList() : names;
    }

    /** Whether that class is in one of the packages. */
    public boolean callsOf(String owner) {
        for (int i = 0; i < packages.size(); i++) {
            if (owner.startsWith(packages.get(i))) {
                return true;
            }
        }
        return false;
    }

    boolean wanted() {
        return !methods.isEmpty() || !packages.isEmpty();
    }
}
