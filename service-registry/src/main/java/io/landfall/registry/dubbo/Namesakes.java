package io.landfall.registry.dubbo;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.common.URL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Other processes that have registered by this pod's name: what this pod was before its container was started anew, or another pod
 * that somebody gave the same name. The first is gone when its session ends, so who is still there then is the second.
 */
final class Namesakes {

    private static final Logger log = LoggerFactory.getLogger(Namesakes.class);

    private final Registrar registrar;
    private final ScheduledExecutorService later;
    private boolean looked;

    Namesakes(Registrar registrar, ScheduledExecutorService later) {
        this.registrar = registrar;
        this.later = later;
    }

    /** Looks once: a name that is right for one service is right for all. Only by the thread that makes entries. */
    void lookBeside(URL entry) {
        if (looked) {
            return;
        }
        try {
            if (anyBeside(entry)) {
                log.info(
                        "{}: another process was registered as {} before, perhaps a former one of this pod",
                        name(),
                        pod(entry));
                judgeLater(entry);
            }
            looked = true;
        } catch (RuntimeException e) {
            log.debug("{} could not be searched for namesakes: {}", name(), Reason.of(e));
        }
    }

    private void judgeLater(URL entry) {
        Duration patience = registrar.session().plus(registrar.untilDubboGivesUp());
        ScheduledFuture<?> unused = later.schedule(() -> judge(entry), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void judge(URL entry) {
        try {
            if (anyBeside(entry)) {
                log.error(
                        "{}: two pods are registered as {} at {}. Both are called, but below a wildcard name only one of them"
                                + " by each consumer. Give every pod its own name: POD_NAME from metadata.name by the downward"
                                + " API, or landfall.pod.name",
                        name(),
                        pod(entry),
                        entry.getAddress());
            } else {
                log.info(
                        "{}: the other process that was registered as {} is gone, as a former one would be",
                        name(),
                        pod(entry));
            }
        } catch (RuntimeException e) {
            log.debug("{} could not be searched for namesakes, will try again: {}", name(), Reason.of(e));
            judgeLater(entry);
        }
    }

    private boolean anyBeside(URL entry) {
        return registrar.ofSamePod(entry).stream()
                .filter(other -> other.getAddress().equals(entry.getAddress()))
                .anyMatch(other -> !process(other).equals(process(entry)));
    }

    private String name() {
        return registrar.name();
    }

    private static String pod(URL entry) {
        return entry.getParameter(ProviderEntries.POD, "");
    }

    private static String process(URL entry) {
        return entry.getParameter(ProviderEntries.PROCESS, "");
    }
}
