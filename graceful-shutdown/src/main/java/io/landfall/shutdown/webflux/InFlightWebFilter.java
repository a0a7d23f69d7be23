package io.landfall.shutdown.webflux;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.InFlight;
import io.landfall.shutdown.Probers;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts exchanges from before every other filter until the response is complete, failed or cancelled. */
public final class InFlightWebFilter implements WebFilter, Ordered {

    /** What the report and the metrics call HTTP requests. */
    public static final String KIND = "http";

    private final Drain drain;
    private final Probers probers;
    private final InFlight requests;

    /**
     * Counts for one drain.
     *
     * @param probers whose requests are not counted while it drains
     */
    public InFlightWebFilter(Drain drain, Probers probers) {
        this.drain = drain;
        this.probers = probers;
        this.requests = drain.inFlight(KIND);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (drain.phase() == DrainPhase.SERVING) {
            return count(exchange, chain);
        }
        if (isOfProber(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        // RFC 9112, section 9.6: the client's next request takes a new connection, which a ready pod gets.
        exchange.getResponse().getHeaders().set("Connection", "close");
        return count(exchange, chain);
    }

    private Mono<Void> count(ServerWebExchange exchange, WebFilterChain chain) {
        long call = requests.enter(exchange.getRequest().getURI().getRawPath());
        return chain.filter(exchange).doFinally(signal -> requests.exit(call));
    }

    private boolean isOfProber(ServerHttpRequest request) {
        return probers.sent(
                request.getPath().pathWithinApplication().value(),
                request.getHeaders().getFirst("User-Agent"));
    }
}
