package io.landfall.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees while the job runs: in a terminal a few lines that are drawn anew, elsewhere a line every five
 * seconds; everything that is said stays.
 */
final class Live {

    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final int BAR = 40;

    private final PrintStream out;
    private final boolean terminal;
    private final long startedNanos = System.nanoTime();
    private String run = "";
    private @Nullable Consumers consumers;
    private int drawnLines;

    Live(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        Thread clock = new Thread(this::keepTicking, "live");
        clock.setDaemon(true);
        clock.start();
    }

    /** From here on, what is said belongs to this run. */
    synchronized void begin(RunName name) {
        run = name.toString();
    }

    /** From here on, this load is shown. */
    synchronized void follow(Consumers load) {
        consumers = load;
    }

    synchronized void end() {
        erase();
        consumers = null;
        run = "";
    }

    /** Says something that stays. */
    synchronized void say(String what) {
        erase();
        out.println(stamp() + what);
        draw();
    }

    private void keepTicking() {
        while (true) {
            LockSupport.parkNanos((terminal ? REDRAW : LINE).toNanos());
            tick();
        }
    }

    private synchronized void tick() {
        erase();
        if (terminal) {
            draw();
        } else if (consumers != null) {
            out.println(stamp() + status(consumers.standing()));
        }
    }

    private void erase() {
        if (drawnLines > 0) {
            // Up so many lines, to their beginning, and clear all below.
            out.print("\u001b[" + drawnLines + "A\r\u001b[J");
            drawnLines = 0;
        }
    }

    private void draw() {
        if (terminal && consumers != null) {
            List<String> lines = picture(consumers.standing());
            lines.forEach(out::println);
            drawnLines = lines.size();
        }
    }

    private String stamp() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos);
        return String.format(Locale.ROOT, "%3d s  %-15s ", seconds, run);
    }

    private static String status(Consumers.Standing standing) {
        return String.format(
                Locale.ROOT,
                "calls %,d, lost %,d, in flight %d",
                standing.calls(),
                standing.lost(),
                standing.inFlight());
    }

    private List<String> picture(Consumers.Standing standing) {
        List<String> lines = new ArrayList<>();
        lines.add("       " + status(standing));
        long all =
                standing.recent().values().stream().mapToLong(Long::longValue).sum();
        standing.recent().forEach((provider, n) -> lines.add(bar(provider, (double) n / all)));
        return lines;
    }

    private static String bar(String provider, double share) {
        String full = "#".repeat((int) Math.round(share * BAR));
        return String.format(Locale.ROOT, "       %-14s %5.1f %% %s", provider, share * 100, full);
    }
}
