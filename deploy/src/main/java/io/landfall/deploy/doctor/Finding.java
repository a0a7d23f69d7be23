package io.landfall.deploy.doctor;

import java.util.Locale;

/**
 * What came of looking at one thing.
 *
 * @param subject what was looked at
 * @param level how bad it is
 * @param detail what was found
 * @param remedy what to do; empty, if nothing
 */
public record Finding(String subject, Level level, String detail, String remedy) {

    /** How bad. */
    public enum Level {
        /** All is well. */
        OK,
        /** Releases work, and somebody should know this. */
        WARNING,
        /** Releases do not work. */
        FAILURE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String subject, String detail) {
        return new Finding(subject, Level.OK, detail, "");
    }

    static Finding warning(String subject, String detail, String remedy) {
        return new Finding(subject, Level.WARNING, detail, remedy);
    }

    static Finding failure(String subject, String detail, String remedy) {
        return new Finding(subject, Level.FAILURE, detail, remedy);
    }

    @Override
    public String toString() {
        return level + " " + subject + ": " + detail + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
