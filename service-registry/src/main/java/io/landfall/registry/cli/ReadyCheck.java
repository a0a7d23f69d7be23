package io.landfall.registry.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the process beside this one takes calls. */
interface ReadyCheck {

    /** How long a process may take to answer. */
    Duration PATIENCE = Duration.ofSeconds(2);

    /** Why it takes none; empty: it does. Ends in time. */
    Optional<String> problem();

    /** By a URL that is answered with a 2xx. */
    static ReadyCheck http(URI url) {
        return new Http(url, HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    }

    /** By a port of this machine that accepts connections: in a pod, all containers have the same. */
    static ReadyCheck tcp(int port) {
        return new Tcp(port);
    }

    /** See {@link #http(URI)}. */
    record Http(URI url, HttpClient client) implements ReadyCheck {

        @Override
        public Optional<String> problem() {
            CompletableFuture<HttpResponse<Void>> call =
                    client.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding());
            try {
                int status = call.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS).statusCode();
                return status / 100 == 2 ? Optional.empty() : Optional.of("the ready URL answers " + status);
            } catch (TimeoutException late) {
                return Optional.of("the ready URL does not answer within " + PATIENCE.toMillis() + " ms");
            } catch (ExecutionException broken) {
                return Optional.of("the ready URL cannot be called");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            } finally {
                call.cancel(true);
            }
        }
    }

    /** See {@link #tcp(int)}. */
    record Tcp(int port) implements ReadyCheck {

        @Override
        public Optional<String> problem() {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
                return Optional.empty();
            } catch (IOException closed) {
                return Optional.of("port " + port + " accepts no connections");
            }
        }
    }
}
