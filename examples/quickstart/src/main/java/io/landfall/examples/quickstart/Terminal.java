package io.landfall.examples.quickstart;

import java.io.Console;
import java.lang.reflect.Method;

/** Whether somebody is looking who would like lines to be drawn anew. */
final class Terminal {

    private Terminal() {}

    // On JDK 17 to 21 null is the answer; the second question is for those after.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        return console != null
                && isTerminal(console)
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
    }

    /** From JDK 22 on there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
