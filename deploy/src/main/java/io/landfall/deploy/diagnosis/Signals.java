package io.landfall.deploy.diagnosis;

import java.util.Map;
import java.util.Optional;

/** A shell's way to say that a signal ended a process: 128 and its number. */
final class Signals {

    private static final int BASE = 128;
    private static final int LAST = 64;
    private static final Map<Integer, String> NAMES = Map.of(
            1, "SIGHUP",
            2, "SIGINT",
            4, "SIGILL",
            6, "SIGABRT",
            7, "SIGBUS",
            8, "SIGFPE",
            9, "SIGKILL",
            11, "SIGSEGV",
            13, "SIGPIPE",
            15, "SIGTERM");

    private Signals() {}

    static Optional<String> name(int exitCode) {
        int number = exitCode - BASE;
        return number < 1 || number > LAST
                ? Optional.empty()
                : Optional.of(NAMES.containsKey(number) ? NAMES.get(number) : "signal " + number);
    }
}
