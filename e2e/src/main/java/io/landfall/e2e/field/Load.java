package io.landfall.e2e.field;

import java.util.ArrayList;
import java.util.List;

/**
 * What a consumer does.
 *
 * @param callsPerSecond of each consumer
 * @param shortestMillis the least work of a short call
 * @param longestMillis the most work of a short call
 * @param longMillis the work of a long call
 * @param longShare which part of all calls is long
 * @param seconds for how long, unless stopped before
 */
public record Load(
        int callsPerSecond, int shortestMillis, int longestMillis, int longMillis, double longShare, int seconds) {

    /** 20 to 200 ms of work, and 5 s in every hundredth call, until stopped. */
    public static final Load USUAL = new Load(80, 20, 200, 5000, 0.01, 1200);

    /** Calls of 20 to 200 ms only, until stopped. */
    public static final Load SHORT_CALLS = new Load(80, 20, 200, 0, 0, 1200);

    /** Many short calls, until stopped: what shares are counted by. */
    public static Load many(int callsPerSecond) {
        return new Load(callsPerSecond, 1, 5, 0, 0, 1800);
    }

    /** One call a second, each of the same length, and no more than so many. */
    public static Load longCalls(int calls, int millis) {
        return new Load(1, millis, millis, millis, 0, calls);
    }

    /** As the load driver for Dubbo takes it. */
    List<String> arguments(String name, String registry, String protocol, int timeoutMillis, String out) {
        List<String> arguments = new ArrayList<>(List.of("--registry", registry, "--protocol", protocol));
        arguments.addAll(arguments(name, timeoutMillis, out));
        return arguments;
    }

    /** What the load driver takes for every protocol. */
    List<String> arguments(String name, int timeoutMillis, String out) {
        return List.of(
                "--name", name,
                "--timeout", String.valueOf(timeoutMillis),
                "--rate", String.valueOf(callsPerSecond),
                "--shortest", String.valueOf(shortestMillis),
                "--longest", String.valueOf(longestMillis),
                "--long", String.valueOf(longMillis),
                "--long-share", String.valueOf(longShare),
                "--duration", String.valueOf(seconds),
                "--stragglers", String.valueOf(timeoutMillis / 1000 + 5),
                "--seed", String.valueOf(name.hashCode()),
                "--leash", "true",
                "--out", out);
    }
}
