package io.landfall.shutdown.servlet;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.InFlight;
import io.landfall.shutdown.Probers;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Counts requests from before every other filter until the response, also an asynchronous one, is complete. Map it to all
 * paths and to the dispatcher type REQUEST only, first in the chain.
 */
public final class InFlightFilter implements Filter {

    /** What the report and the metrics call HTTP requests. */
    public static final String KIND = "http";

    private final Drain drain;
    private final Probers probers;
    private final InFlight requests;

    /** Counts for one drain. */
    public InFlightFilter(Drain drain) {
        this(drain, new Probers(List.of()));
    }

    /**
     * Counts for one drain.
     *
     * @param probers whose requests are not counted
     */
    public InFlightFilter(Drain drain, Probers probers) {
        this.drain = drain;
        this.probers = probers;
        this.requests = drain.inFlight(KIND);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isOfProber(request)) {
            // Nor while it serves: whoever asks for a drain here would be waited for by it.
            chain.doFilter(request, response);
            if (drain.readiness().awaitsProbe()) {
                noteProbe(request, response);
            }
        } else if (drain.phase() == DrainPhase.SERVING) {
            count(request, CloseWhenDraining.of(response, drain), chain);
        } else {
            CloseWhenDraining.askForNewConnection(response);
            count(request, response, chain);
        }
    }

    private void count(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long call = requests.enter(name(request));
        try {
            chain.doFilter(request, response);
        } finally {
            endWithResponse(request, response, call);
        }
    }

    /** The actuator's own probes count like the sidecar's: from now on a balancer may route to this process. */
    private void noteProbe(ServletRequest request, ServletResponse response) {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answered
                && answered.getStatus() == HttpServletResponse.SC_OK
                && probers.askForReadiness(asked.getRequestURI(), asked.getHeader("User-Agent"))) {
            boolean unused = drain.readiness().probe();
        }
    }

    private boolean isOfProber(ServletRequest request) {
        return request instanceof HttpServletRequest http
                && probers.sent(
                        http.getRequestURI().substring(http.getContextPath().length()), http.getHeader("User-Agent"));
    }

    private void endWithResponse(ServletRequest request, ServletResponse response, long call) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new EndOfAsync(requests, call));
            return;
        }
        if (response instanceof CloseWhenDraining waiting) {
            waiting.end();
        }
        requests.exit(call);
    }

    /** The path without its query, which may hold secrets. */
    private static String name(ServletRequest request) {
        return request instanceof HttpServletRequest http ? http.getRequestURI() : request.getProtocol();
    }

    private record EndOfAsync(InFlight requests, long call) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            requests.exit(call);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        /** A request that goes asynchronous again drops its listeners. */
        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
