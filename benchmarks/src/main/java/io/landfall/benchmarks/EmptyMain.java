package io.landfall.benchmarks;

/** What is started to see what a start costs; it has a method for the agent to rewrite, and calls it never. */
final class EmptyMain {

    private EmptyMain() {}

    /** Does nothing. */
    public static void main(String[] arguments) {}

    static String localIp() {
        return "127.0.0.1";
    }
}
