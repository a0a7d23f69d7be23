package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.shutdown.dubbo.ConsumerConnections;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.registry.NotifyListener;
import org.apache.dubbo.registry.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionShareTest {

    private static final URL PROVIDER = URL.valueOf("dubbo://10.0.0.1:20880/Orders?interface=Orders&version=1.0");
    private static final int ENTRIES = 3;

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
    void shouldRetireHalfOfWhatIsTooMuch() {
        consumers(10);
        connections.open = 40;

        share.look();

        // 30 are fair, and one of twenty more does no harm.
        assertThat(connections.retired).containsExactly(5);
    }

    @Test
    void shouldComeToAnEndWhereEveryPodHasItsShare() {
        consumers(1);
        connections.open = 8;

        for (int i = 0; i < 10; i++) {
            share.look();
            pass(Duration.ofMinutes(1));
        }

        assertThat(connections.open).isEqualTo(ENTRIES);
        assertThat(connections.retired).containsExactly(3, 1, 1);
    }

    @Test
    void shouldTryEverMoreRarelyWhatDoesNotHelp() {
        consumers(1);
        connections.open = 5;
        connections.comeBack = true;

        for (int second = 0; second < 3600; second++) {
            share.look();
            pass(Duration.ofSeconds(1));
        }

        assertThat(connections.retired).hasSizeBetween(60, 120);
    }

    @Test
    void shouldTryAgainAtOnceWhenSomethingHasChanged() {
        consumers(1);
        connections.open = 5;
        connections.comeBack = true;
        IntStream.range(0, 1000).forEach(look -> {
            share.look();
            pass(Duration.ofMillis(250));
        });
        int before = connections.retired.size();
        listeners.get(0).notify(consumerUrls(0));
        share.look();
        listeners.get(0).notify(consumerUrls(1));

        share.look();

        assertThat(connections.retired).hasSize(before + 1);
    }

    @Test
    void shouldDoNothingWithoutConsumersInTheRegistry() {
        consumers(0);
        connections.open = 12;

        share.look();

        assertThat(connections.retired).isEmpty();
    }

    @Test
    void shouldCountConsumersOfThisServiceAlone() {
        consumers(0);
        connections.open = 4;

        listeners
                .get(0)
                .notify(List.of(
                        URL.valueOf("consumer://10.9.0.1/Orders?interface=Orders&version=2.0&category=consumers"),
                        URL.valueOf("consumer://10.9.0.1/Orders?interface=Orders&version=1.0&protocol=tri"),
                        URL.valueOf("empty://10.9.0.1/Orders?interface=Orders&version=1.0"),
                        URL.valueOf("dubbo://10.9.0.1/Orders?interface=Orders&version=1.0&protocol=dubbo&pid=1")));
        share.look();

        assertThat(connections.retired).containsExactly(1);
    }

    @Test
    void shouldCountAProcessOnceWhereItsConnectionsAreShared() {
        share.entered(registry, PROVIDER, ENTRIES, true);
        share.entered(registry, PROVIDER.addParameter("group", "eu"), ENTRIES, true);
        listeners.get(0).notify(consumerUrls(2));
        listeners
                .get(1)
                .notify(consumerUrls(3).stream()
                        .map(url -> url.addParameter("group", "eu"))
                        .toList());
        connections.open = 9;

        share.look();
        connections.open = 11;
        share.look();

        assertThat(connections.retired).containsExactly(1);
    }

    @Test
    void shouldForgetConsumersOfWhatWasWithdrawn() {
        consumers(1);
        connections.open = 12;

        share.withdrawn(PROVIDER);
        share.look();

        assertThat(connections.retired).isEmpty();
        assertThat(listeners).isEmpty();
    }

    private void consumers(int count) {
        share.entered(registry, PROVIDER, ENTRIES, false);
        listeners.get(0).notify(consumerUrls(count));
    }

    private static List<URL> consumerUrls(int count) {
        return IntStream.range(0, count)
                .mapToObj(pid -> URL.valueOf("consumer://10.9.0.1/Orders?interface=Orders&version=1.0&pid=" + pid))
                .toList();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static final class Connections implements ConsumerConnections {
        private final List<Integer> retired = new ArrayList<>();
        private int open;
        private boolean comeBack;

        @Override
        public int staying() {
            return open;
        }

        @Override
        public void retire(int count) {
            retired.add(count);
            open -= comeBack ? 0 : count;
        }
    }
}
