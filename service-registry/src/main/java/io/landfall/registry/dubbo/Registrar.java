package io.landfall.registry.dubbo;

import java.time.Duration;
import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Writes entries into one registry, and says what fails without quoting a URL. Safe for any thread. */
final class Registrar {

    /** The protocols that a registry takes; others Dubbo leaves out. */
    private static final String ACCEPTS = "accepts";

    private static final String RETRY_PERIOD = "retry.period";
    private static final int RETRY_PERIOD_DEFAULT = 5_000;
    private static final String SESSION = "session";
    private static final int SESSION_DEFAULT = 60_000;
    /** Dubbo registers again what a lost session took along: one period later, and three times more if that fails. */
    private static final int PERIODS_UNTIL_DUBBO_GIVES_UP = 4;

    private final Registry registry;
    private final Standing standing;

    Registrar(Registry registry, ApplicationModel application) {
        this.registry = registry;
        this.standing = Standing.of(registry, application);
    }

    Registry registry() {
        return registry;
    }

    /** Which registry it is; without user, password and parameters. */
    String name() {
        return registry.getUrl().getProtocol() + "://" + registry.getUrl().getAddress();
    }

    /**
     * Makes an entry.
     *
     * @throws IllegalStateException saying what is wrong with the registry
     */
    void register(URL entry) {
        try {
            registry.register(entry);
        } catch (RuntimeException e) {
            // An answer may be lost, and what was asked for done.
            if (!standing.has(entry)) {
                throw failure(e);
            }
            return;
        }
        if (mayHaveFailed(entry) && !standing.has(entry)) {
            throw new IllegalStateException(
                    name() + ": the entry is not there, and Dubbo's own log says why, as it does with check=false");
        }
    }

    /** Dubbo keeps to itself what fails where the application does not check its registry, and gives up after three more tries. */
    private boolean mayHaveFailed(URL entry) {
        URL url = registry.getUrl();
        boolean leftOut = entry.getParameter(CommonConstants.IS_EXTRA, false) || url.hasParameter(ACCEPTS);
        boolean checked = url.getParameter(CommonConstants.CHECK_KEY, true)
                && entry.getParameter(CommonConstants.CHECK_KEY, true);
        return standing != Standing.UNSEEN && !leftOut && !checked;
    }

    /**
     * The same after a failure, or when an entry has vanished.
     *
     * @throws IllegalStateException saying what is wrong with the registry
     */
    void registerAgain(URL entry) {
        if (standing.has(entry)) {
            return;
        }
        try {
            standing.makeRoom(entry);
        } catch (RuntimeException e) {
            throw failure(e);
        }
        register(entry);
    }

    /**
     * Takes an entry out.
     *
     * @throws IllegalStateException saying what is wrong with the registry
     */
    void unregister(URL entry) {
        try {
            registry.unregister(entry);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    boolean has(URL entry) {
        return standing.has(entry);
    }

    boolean lacks(URL entry) {
        return standing.lacks(entry);
    }

    List<URL> ofSamePod(URL entry) {
        return standing.ofSamePod(entry);
    }

    /** How long Dubbo itself tries to bring back an entry. */
    Duration untilDubboGivesUp() {
        int period = Math.max(1, registry.getUrl().getParameter(RETRY_PERIOD, RETRY_PERIOD_DEFAULT));
        return Duration.ofMillis((long) PERIODS_UNTIL_DUBBO_GIVES_UP * period);
    }

    /** How long the entries of a process that is no more may stay. */
    Duration session() {
        return Duration.ofMillis(registry.getUrl().getParameter(SESSION, SESSION_DEFAULT));
    }

    /** Without its cause, which quotes URLs too. */
    private IllegalStateException failure(RuntimeException cause) {
        return new IllegalStateException(name() + ": " + Reason.of(cause));
    }
}
