package io.landfall.registry.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.url.component.DubboServiceAddressURL;
import org.apache.dubbo.registry.client.DefaultServiceInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a consumer makes of what entries say. */
class PodAddressListenerTest {

    private static final URL CONSUMER = URL.valueOf("consumer://10.244.0.9/Orders?interface=Orders");

    private final PodAddressListener listener = new PodAddressListener();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(PodAddressListener.class);

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(said);
    }

    @ParameterizedTest
    @CsvSource({"10.244.0.7:20880", "[fd00::7]:20880"})
    void shouldGoToThePodItself(String pod) {
        List<URL> direct = listener.direct(List.of(entry(pod)));

        assertThat(direct).singleElement().satisfies(url -> {
            assertThat(url.getAddress()).isEqualTo(pod);
            assertThat(url.getServiceInterface()).isEqualTo("Orders");
            assertThat(url.getParameter("weight")).isEqualTo("33");
        });
    }

    @Test
    void shouldStayAtTheAddressOutsideWhereTheEntrySaysNothingElse() {
        URL entry = entry("10.244.0.7:20880").removeParameter("landfall.pod-ip");

        assertThat(listener.direct(List.of(entry))).containsExactly(entry);
        assertThat(said.list).isEmpty();
    }

    @Test
    void shouldStayThereAndComplainOnceWhereItSaysNonsense() {
        List<URL> entries = List.of(entry("10.244.0.300:20880"), entry("10.244.0.7"), entry("*.pods.example:1"));

        assertThat(listener.direct(entries)).containsExactlyElementsOf(entries);
        assertThat(listener.direct(entries)).containsExactlyElementsOf(entries);
        assertThat(said.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .startsWith(
                            "landfall.pod-ip of 203.0.113.10:30880 is ignored, and others like it: '10.244.0.300:20880'");
        });
    }

    @Test
    void shouldLeaveInstancesAlone() {
        DefaultServiceInstance instance = new DefaultServiceInstance();
        instance.setHost("orders-0-0.pods.example.com");
        instance.setPort(30880);
        instance.getMetadata().put("landfall.pod-ip", "10.244.0.7:20880");
        URL entry = instance.toURL("dubbo");

        assertThat(listener.direct(List.of(entry))).singleElement().isSameAs(entry);
    }

    @Test
    void shouldHandBackAListThatCanBeAddedTo() {
        List<URL> none = listener.direct(List.of());

        none.add(entry("10.244.0.7:20880"));

        assertThat(none).hasSize(1);
    }

    /** As a registry makes it of what it lists. */
    private static URL entry(String pod) {
        return DubboServiceAddressURL.valueOf(
                "dubbo%3A%2F%2F203.0.113.10%3A30880%2FOrders%3Finterface%3DOrders%26weight%3D33%26landfall.pod-ip%3D"
                        + URL.encode(pod),
                CONSUMER);
    }
}
