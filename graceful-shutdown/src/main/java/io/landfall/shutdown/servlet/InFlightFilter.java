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
     * @param probers whose requests are not counted while it drains
     */
    public InFlightFilter(Drain drain, Probers probers) {
        this.drain = drain;
        this.probers = probers;
        this.requests = drain.inFlight(KIND);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (drain.phase() == DrainPhase.SERVING) {
            count(request, response, chain);
        } else if (isOfProber(request)) {
            chain.doFilter(request, response);
        } else {
            askForNewConnection(response);
            count(request, response, chain);
        }
    }

    private void count(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long call = requests.enter(name(request));
        try {
            chain.doFilter(request, response);
        } finally {
            endWithResponse(request, call);
        }
    }

    private boolean isOfProber(ServletRequest request) {
        return request instanceof HttpServletRequest http
                && probers.sent(
                        http.getRequestURI().substring(http.getContextPath().length()), http.getHeader("User-Agent"));
    }

    private void endWithResponse(ServletRequest request, long call) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new EndOfAsync(requests, call));
        } else {
            requests.exit(call);
        }
    }

    /** The path without its query, which may hold secrets. */
    private static String name(ServletRequest request) {
        return request instanceof HttpServletRequest http ? http.getRequestURI() : request.getProtocol();
    }

    /** RFC 9112, section 9.6. HTTP/2 has no such header, and its servers drop it. */
    private static void askForNewConnection(ServletResponse response) {
        if (response instanceof HttpServletResponse http) {
            http.setHeader("Connection", "close");
        }
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
