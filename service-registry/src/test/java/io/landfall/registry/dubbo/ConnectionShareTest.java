package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.shutdown.dubbo.ConsumerConnections;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.NotifyListener;
import org.apache.dubbo.registry.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionShareTest {

    private static final URL PROVIDER = URL.valueOf("dubbo://10.0.0.1:20880/Orders?interface=Orders&version=1.0");
    private static final ConsumerConnections.Holder SHOP = new ConsumerConnections.Holder("shop", "Orders:1.0");
    private static final ConsumerConnections.Holder TILL = new ConsumerConnections.Holder("till", "Orders:1.0");

    private final Connections connections = new Connections();
    /** Far from zero, as a real one is. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    private final List<NotifyListener> listeners = new ArrayList<>();
    private final Registry registry = (Registry) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("subscribe")) {
                    listeners.add((NotifyListener) arguments[1]);
                } else if (method.getName().equals("unsubscribe")) {
                    listeners.remove((NotifyListener) arguments[1]);
                }
                return null;
            });
    private final ConnectionShare share = new ConnectionShare(connections, clock::get, false);

    @AfterEach
    void end() {
        share.destroy();
    }

    @Test
    void shouldRetireWhatAConsumerHasTooManyOf() {
        share.entered(registry, PROVIDER, 1);
        connections.open.put(SHOP, 3);
        connections.open.put(TILL, 1);

        share.look();

        assertThat(connections.retired).containsExactly("shop 2");
        assertThat(connections.open).containsEntry(SHOP, 1).containsEntry(TILL, 1);
    }

    @Test
    void shouldAllowAConnectionForEveryEntry() {
        share.entered(registry, PROVIDER, 3);
        connections.open.put(SHOP, 4);
        connections.open.put(TILL, 3);

        share.look();

        assertThat(connections.retired).containsExactly("shop 1");
    }

    @Test
    void shouldAllowAConnectionForEveryReferenceOfAProcess() {
        share.entered(registry, PROVIDER, 1);
        listeners
                .get(0)
                .notify(List.of(consumer("pid=1&timeout=100"), consumer("pid=1&timeout=200"), consumer("pid=2")));
        connections.open.put(SHOP, 3);
        connections.open.put(TILL, 2);

        share.look();

        assertThat(connections.retired).containsExactly("shop 1");
    }

    @Test
    void shouldHeedReferencesToThisServiceAlone() {
        share.entered(registry, PROVIDER, 1);
        listeners
                .get(0)
                .notify(List.of(
                        consumer("pid=1&protocol=dubbo"),
                        consumer("pid=1&protocol=tri"),
                        consumer("pid=1").addParameter("version", "2.0"),
                        URL.valueOf("empty://10.9.0.1/Orders?interface=Orders&version=1.0&pid=1")));
        connections.open.put(SHOP, 2);

        share.look();

        assertThat(connections.retired).containsExactly("shop 1");
    }

    @Test
    void shouldTryEverMoreRarelyWhatDoesNotHelp() {
        share.entered(registry, PROVIDER, 1);
        connections.open.put(SHOP, 5);
        connections.comeBack = true;

        for (int second = 0; second < 3600; second++) {
            share.look();
            pass(Duration.ofSeconds(1));
        }

        assertThat(connections.retired).hasSizeBetween(60, 120);
    }

    @Test
    void shouldNotMakeOneConsumerWaitForAnother() {
        share.entered(registry, PROVIDER, 1);
        connections.open.put(SHOP, 5);
        connections.comeBack = true;
        IntStream.range(0, 1000).forEach(look -> {
            share.look();
            pass(Duration.ofMillis(250));
        });
        connections.retired.clear();
        connections.open.put(TILL, 2);

        share.look();

        assertThat(connections.retired).contains("till 1");
    }

    @Test
    void shouldTryAgainAtOnceWhatWasEvenForAWhile() {
        share.entered(registry, PROVIDER, 1);
        connections.open.put(SHOP, 5);
        connections.comeBack = true;
        IntStream.range(0, 1000).forEach(look -> {
            share.look();
            pass(Duration.ofMillis(250));
        });
        connections.open.put(SHOP, 1);
        pass(Duration.ofSeconds(10));
        share.look();
        connections.open.put(SHOP, 2);
        connections.retired.clear();

        share.look();

        assertThat(connections.retired).containsExactly("shop 1");
    }

    @Test
    void shouldRetireNothingBeforeAnythingIsEnteredAndAfterItWasWithdrawn() {
        connections.open.put(SHOP, 12);
        share.look();
        share.entered(registry, PROVIDER, 1);

        share.withdrawn(PROVIDER);
        share.look();

        assertThat(connections.retired).isEmpty();
        assertThat(listeners).isEmpty();
    }

    private static URL consumer(String parameters) {
        return URL.valueOf("consumer://10.9.0.1/Orders?interface=Orders&version=1.0&" + parameters);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static final class Connections implements ConsumerConnections {
        private final Map<Holder, Integer> open = new HashMap<>();
        private final List<String> retired = new ArrayList<>();
        private boolean comeBack;

        @Override
        public Map<Holder, Integer> staying() {
            return Map.copyOf(open);
        }

        @Override
        public void retire(Holder holder, int count) {
            retired.add(holder.process() + " " + count);
            open.merge(holder, comeBack ? 0 : -count, Integer::sum);
        }
    }
}
