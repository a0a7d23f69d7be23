package io.landfall.registry.dubbo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of one ZooKeeper, seen from outside: no session, no library. One thread's. */
final class ZooKeeperServers {

    private static final Logger log = LoggerFactory.getLogger(ZooKeeperServers.class);
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^\\[\\]/]+)]?:([0-9]{1,5})(/.*)?");
    private static final int CONNECTS_WITHIN_MILLIS = 2_000;
    private static final int ANSWERS_WITHIN_MILLIS = 1_000;
    private static final int LONGEST_ANSWER = 4_096;
    /** The one question that every ZooKeeper answers, unless its operator forbids it. */
    private static final byte[] QUESTION = "srvr".getBytes(US_ASCII);

    private static final String NO_QUORUM = "not currently serving requests";
    private static final String READ_ONLY = "Mode: read-only";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final String addresses;
    private String lastProblems = "";

    /** @param addresses hosts and ports, with commas between them */
    ZooKeeperServers(String addresses) {
        this.addresses = addresses;
    }

    /**
     * Returns when one of them serves.
     *
     * @throws IllegalStateException if the thread is interrupted, or the JVM ends
     */
    void await() {
        if (problems().isEmpty()) {
            return;
        }
        Thread hook = interruptAtTheEnd(Thread.currentThread());
        try {
            Retry.of("landfall-first-contact", patience()).executeRunnable(this::look);
            log.info("ZooKeeper {} answers: going on with the start", addresses);
        } finally {
            forget(hook);
        }
    }

    private void look() {
        String problems = problems();
        if (problems.isEmpty()) {
            return;
        }
        if (!problems.equals(lastProblems)) {
            log.warn(
                    "No ZooKeeper to register in ({}): the start waits, and this process is not ready before",
                    problems);
        }
        lastProblems = problems;
        throw new IllegalStateException("no ZooKeeper to register in: " + problems);
    }

    /** What keeps each of them from serving; nothing, as soon as one serves. */
    private String problems() {
        List<String> problems = new ArrayList<>();
        for (String server : addresses.split(",", -1)) {
            Optional<String> problem = problemOf(server);
            if (problem.isEmpty()) {
                return "";
            }
            problems.add(server + ": " + problem.get());
        }
        return String.join(", ", problems);
    }

    private static Optional<String> problemOf(String server) {
        Matcher parts = HOST_AND_PORT.matcher(server);
        if (!parts.matches()) {
            // Dubbo will say what is wrong with that.
            return Optional.empty();
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))), CONNECTS_WITHIN_MILLIS);
            return problemIn(answerOf(socket));
        } catch (UnknownHostException e) {
            return Optional.of("unknown host");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException noPort) {
            return Optional.empty();
        }
    }

    /** One that is read-only takes no clients who might want to write, as Dubbo does. */
    private static Optional<String> problemIn(String answer) {
        if (answer.contains(NO_QUORUM)) {
            return Optional.of("it has no quorum");
        }
        return answer.contains(READ_ONLY) ? Optional.of("it is read-only") : Optional.empty();
    }

    /** Silence is an answer too: of a TLS port, for instance. */
    private static String answerOf(Socket socket) {
        try {
            socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
            socket.getOutputStream().write(QUESTION);
            return new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), US_ASCII);
        } catch (IOException silent) {
            return "";
        }
    }

    /** Or a pod that is told to end while it waits would be killed in the end: others' hooks wait for the start. */
    private static Thread interruptAtTheEnd(Thread waiting) {
        Thread hook = new Thread(waiting::interrupt, "landfall-first-contact");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            log.debug("The JVM ends while its start waits for a ZooKeeper");
        }
    }

    private static RetryConfig patience() {
        return RetryConfig.custom()
                .maxAttempts(Integer.MAX_VALUE)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                .build();
    }
}
