package io.landfall.config.apollo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with a request to the fixture. */
@FunctionalInterface
public interface Fault {

    /** Does it; an exception breaks the connection off. False: then comes the true answer. */
    boolean happen(HttpExchange exchange, CountDownLatch closed) throws IOException, InterruptedException;

    /** An answer with no body and this status. */
    static Fault status(int status) {
        return (exchange, closed) -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return true;
        };
    }

    /** Another body. */
    static Fault body(String body) {
        return (exchange, closed) -> {
            Reply.text("application/json", body).send(exchange);
            return true;
        };
    }

    /** No answer until the fixture is closed. */
    static Fault hang() {
        return (exchange, closed) -> {
            closed.await();
            throw new IOException("hung");
        };
    }

    /** A head, the beginning of a body, and no more until the fixture is closed. */
    static Fault stall() {
        return (exchange, closed) -> {
            begin(exchange, 1000);
            closed.await();
            throw new IOException("stalled");
        };
    }

    /** A body that is shorter than its head says. */
    static Fault cut() {
        return (exchange, closed) -> {
            begin(exchange, 1000);
            throw new IOException("cut");
        };
    }

    /** A body in chunks that has no end. */
    static Fault cutChunks() {
        return (exchange, closed) -> {
            begin(exchange, 0);
            throw new IOException("cut");
        };
    }

    /** A body that goes on for as long as somebody reads it. */
    static Fault endless() {
        return (exchange, closed) -> {
            begin(exchange, 0);
            byte[] more = new byte[64 * 1024];
            while (closed.getCount() > 0) {
                exchange.getResponseBody().write(more);
            }
            throw new IOException("endless");
        };
    }

    /** Something happens before the true answer: a release, for instance. */
    static Fault first(Runnable work) {
        return (exchange, closed) -> {
            work.run();
            return false;
        };
    }

    private static void begin(HttpExchange exchange, long length) throws IOException {
        exchange.sendResponseHeaders(200, length);
        OutputStream body = exchange.getResponseBody();
        body.write("{\"appId\":\"orders\",".getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
