package io.landfall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes that this one started and saw end have had of the CPU: what the kernel knows, and no part of them measures. */
final class ChildCpu {

    /** Linux' USER_HZ, for every architecture that has a JDK. */
    private static final int MILLIS_PER_TICK = 10;
    /** Of cutime, behind the name, which may have blanks; see proc(5). */
    private static final int FIELD = 13;

    private ChildCpu() {}

    /** In ms, since this process began. */
    static long millis() throws IOException {
        return millis(Files.readString(Path.of("/proc/self/stat")));
    }

    static long millis(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[FIELD]) + Long.parseLong(fields[FIELD + 1])) * MILLIS_PER_TICK;
    }
}
