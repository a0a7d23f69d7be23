package io.landfall.examples.quickstart.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What must be there before anything is started; each lack is one sentence. */
public final class Machine {

    private static final long NEEDED_MEBIBYTES = 3 * 1024;
    private static final List<String> NEEDED_MODULES =
            List.of("java.management", "java.naming", "java.net.http", "jdk.httpserver", "jdk.unsupported");

    private Machine() {}

    /**
     * The java executable of this runtime.
     *
     * @throws CannotRunException if it is too old, or lacks a part
     */
    public static Path requireJava() {
        if (Runtime.version().feature() < 17) {
            throw new CannotRunException("Java 17 or later is needed; this is " + Runtime.version() + ".");
        }
        for (String module : NEEDED_MODULES) {
            if (ModuleLayer.boot().findModule(module).isEmpty()) {
                throw new CannotRunException("This Java runtime lacks the module " + module + "; use a full JDK 17+.");
            }
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new CannotRunException("There is no executable " + java + "; use a full JDK 17 or later.");
        }
        return java;
    }

    /**
     * Fails where the processes would swap, which would be measured as latency.
     *
     * @throws CannotRunException if there is too little memory
     */
    public static void requireMemory() {
        long available = availableMebibytes();
        if (available < NEEDED_MEBIBYTES) {
            throw new CannotRunException("About " + NEEDED_MEBIBYTES + " MiB of free memory are needed for ten small"
                    + " Java processes; " + available + " MiB are available.");
        }
    }

    /** Linux knows what it could free; elsewhere only what is free right now. */
    private static long availableMebibytes() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseGet(Machine::freeMebibytes);
        } catch (IOException notLinux) {
            return freeMebibytes();
        }
    }

    private static long freeMebibytes() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getFreeMemorySize() / (1024 * 1024);
    }
}
