package io.landfall.catip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CAT's own {@code NetworkInterfaceManager}, out of the clients that are on Maven Central. */
class CatClientIT {

    private static final String ADDRESS = "203.0.113.10";
    private static final Path CLIENTS =
            Path.of(Objects.requireNonNull(System.getProperty("cat.clients"), "cat.clients"));

    private final Path eip;

    CatClientIT(@TempDir Path folder) throws IOException {
        eip = Files.writeString(folder.resolve("eip"), ADDRESS + "\n");
    }

    static Stream<Arguments> clients() {
        return Jvm.all().flatMap(jvm -> Stream.of("3.0.1", "3.1.0").map(version -> Arguments.of(jvm, version)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldMakeCatBelieveTheFile(Jvm jvm, String version) {
        Jvm.Ended ended = cat(jvm, version, List.of(Jvm.agent(eip)));

        assertThat(ended).isEqualTo(new Jvm.Ended(0, List.of(ADDRESS), List.of()));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldBelieveSomethingElseWithoutTheAgent(Jvm jvm, String version) {
        Jvm.Ended ended = cat(jvm, version, List.of());

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).singleElement().isNotEqualTo(ADDRESS);
    }

    /** As if it had no such property: the other two ways on real classes. */
    @ParameterizedTest
    @MethodSource("clients")
    void shouldBelieveItWithoutTheProperty(Jvm jvm, String version) {
        String method = "method=com.dianping.cat.configuration.NetworkInterfaceManager.getLocalHostAddress";

        assertThat(cat(jvm, version, List.of(Jvm.agent(eip, "properties=", method)))
                        .out())
                .containsExactly(ADDRESS);
        assertThat(cat(jvm, version, List.of(Jvm.agent(eip, "properties=", "jdk=com.dianping.cat")))
                        .out())
                .containsExactly(ADDRESS);
    }

    private static Jvm.Ended cat(Jvm jvm, String version, List<String> options) {
        Path client = CLIENTS.resolve("cat-client-" + version + ".jar");
        return jvm.start(Map.of("CLASSPATH", client.toString()), options, "Cat").end();
    }
}
