package io.landfall.config.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches of an API server, which can be ended from here. */
final class OpenWatches {

    private final Set<WebSocket> watches = ConcurrentHashMap.newKeySet();

    /** The same answer; if it is a watch, it is known here from then on. */
    MockResponse known(MockResponse answer) {
        WebSocketListener watch = answer.getWebSocketListener();
        return watch == null ? answer : answer.withWebSocketUpgrade(new OpenWatch(watch));
    }

    int number() {
        return watches.size();
    }

    /** As an API server does it after a while. */
    void end() {
        Set<WebSocket> old = Set.copyOf(watches);
        old.forEach(socket -> socket.close(1000, "timeout"));
        await().until(() -> Collections.disjoint(watches, old));
    }

    private final class OpenWatch extends WebSocketListener {
        private final WebSocketListener real;

        OpenWatch(WebSocketListener real) {
            this.real = real;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            watches.add(socket);
            real.onOpen(socket, response);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            real.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            real.onClosed(socket, code, reason);
            watches.remove(socket);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable error, Response response) {
            real.onFailure(socket, error, response);
            watches.remove(socket);
        }
    }
}
