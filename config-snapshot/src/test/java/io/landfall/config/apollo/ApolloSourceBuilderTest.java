package io.landfall.config.apollo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.config.SnapshotException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApolloSourceBuilderTest {

    private static final String APP = "orders";
    private static final String KEY = "1cf998c4e2ad4704b45a98a509d15719";
    private static final URI APOLLO = URI.create("http://apollo.example:8080");
    private static final URI PORTAL = URI.create("http://portal.example:8070");

    private static ApolloSourceBuilder source() {
        return ApolloSource.builder(APOLLO, APP);
    }

    @Test
    void shouldRefuseNamesThatAreNoFilesOfOneSnapshot() {
        ApolloSourceBuilder source = source().namespaces("application", "Application.properties", "../x", "a b", "")
                .namespace("..", "fine")
                .namespace("gz", "application");

        assertThatThrownBy(source::build)
                .isInstanceOfSatisfying(
                        SnapshotException.class, e -> assertThat(e.violations()).hasSize(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://apollo.example",
                "apollo.example:8080",
                "http://apollo.example?token=s3cret",
                "http://someone:s3cret/x@apollo.example",
                "http://apollo.example:70000",
                "http:///configs"
            })
    void shouldRefuseWhatIsNoServerWithoutQuotingIt(String uri) {
        assertThatThrownBy(() -> ApolloSource.builder(URI.create(uri), APP).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("config service")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseCredentialsThatCannotBeRight() {
        ApolloSourceBuilder source = source();
        assertThatThrownBy(() -> source.openApi(PORTAL, "LOCAL", "s3cret\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> ApolloSource.builder(URI.create("http://someone:s3cret@apollo.example"), APP)
                        .accessKey(KEY)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> source().accessKey(" ").build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApolloSource.builder(APOLLO, "a/b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseLimitsThatAreNone() {
        assertThatThrownBy(() -> source().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source().attempts(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source().cluster("a/b")).isInstanceOf(IllegalArgumentException.class);
    }
}
