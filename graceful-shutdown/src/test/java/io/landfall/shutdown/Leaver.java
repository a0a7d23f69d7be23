package io.landfall.shutdown;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service of one call at most, in a JVM of its own. It lives until it is told to stop, or its input ends. */
final class Leaver {

    private Leaver() {}

    /** Takes the quiet period, the deadline and the length of the call in milliseconds, and {@code unhook}. */
    public static void main(String[] args) throws IOException {
        List<String> arguments = List.of(args);
        DrainPolicy policy =
                DrainPolicy.STANDARD.withQuietPeriod(millis(arguments.get(0))).withDeadline(millis(arguments.get(1)));
        Drain drain = new Drain(policy);
        drain.add(DrainStep.of("say so", DrainPhase.REFUSING, () -> System.out.println("draining")));
        JvmShutdown.Hook hook = JvmShutdown.drainOnExit(drain);
        if (arguments.contains("unhook")) {
            hook.remove();
        }
        drain.readiness().accept();
        work(drain.inFlight("work"), millis(arguments.get(2)));
        System.out.println("up");
        System.exit(System.in.read());
    }

    private static Duration millis(String number) {
        return Duration.ofMillis(Long.parseLong(number));
    }

    /** Begins a call, if it has any length. */
    private static void work(InFlight calls, Duration length) {
        if (length.isZero()) {
            return;
        }
        long call = calls.enter("Report.build");
        Thread thread = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(length.toMillis());
            } catch (InterruptedException cut) {
                Thread.currentThread().interrupt();
            }
            calls.exit(call);
            System.out.println("answered");
        });
        thread.setDaemon(true);
        thread.start();
    }
}
