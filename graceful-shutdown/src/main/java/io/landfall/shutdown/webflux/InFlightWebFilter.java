package io.landfall.shutdown.webflux;

import io.landfall.shutdown.Drain;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.InFlight;
import io.landfall.shutdown.Probers;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
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
     * @param probers whose requests are not counted
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
        if (isOfProber(exchange.getRequest())) {
            // Nor while it serves: whoever asks for a drain here would be waited for by it.
            Mono<Void> answer = chain.filter(exchange);
            return drain.readiness().awaitsProbe() ? answer.doOnSuccess(answered -> noteProbe(exchange)) : answer;
        }
        if (drain.phase() == DrainPhase.SERVING) {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> closeIfDraining(exchange)));
            return count(exchange, chain);
        }
        askForNewConnection(exchange);
        return count(exchange, chain);
    }

    /** A request that came before the drain may be answered in it. */
    private void closeIfDraining(ServerWebExchange exchange) {
        if (drain.phase() != DrainPhase.SERVING) {
            askForNewConnection(exchange);
        }
    }

    /** RFC 9112, section 9.6: the client's next request takes a new connection, which a ready pod gets. */
    private static void askForNewConnection(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set("Connection", "close");
    }

    private Mono<Void> count(ServerWebExchange exchange, WebFilterChain chain) {
        long call = requests.enter(exchange.getRequest().getURI().getRawPath());
        return chain.filter(exchange).doFinally(signal -> requests.exit(call));
    }

    /** The actuator's own probes count like the sidecar's: from now on a balancer may route to this process. */
    private void noteProbe(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        ServerHttpRequest request = exchange.getRequest();
        if ((status == null || status.isSameCodeAs(HttpStatus.OK))
                && probers.askForReadiness(
                        request.getURI().getRawPath(), request.getHeaders().getFirst("User-Agent"))) {
            boolean unused = drain.readiness().probe();
        }
    }

    private boolean isOfProber(ServerHttpRequest request) {
        return probers.sent(
                request.getPath().pathWithinApplication().value(),
                request.getHeaders().getFirst("User-Agent"));
    }
}
