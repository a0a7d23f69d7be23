package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.cluster.EngineRole;
import io.landfall.e2e.cluster.FaultProxy;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.EngineProcess;
import io.landfall.e2e.field.Rights;
import io.landfall.e2e.field.Story;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@ExtendWith(KubernetesExtension.class)
class RightsIT {

    private static final Logger log = LoggerFactory.getLogger(RightsIT.class);
    private static final int HEAP_MEBIBYTES = 256;

    @Proof(
            title = "Exactly the rights that are needed",
            description =
                    "An engine and a command line with the roles that `landfall role` prints release, hold, go on and go back, Deployments and"
                            + " StatefulSets: nothing is refused to them, and there is no right that they make no use of.")
    @Tag("slow")
    @Test
    void shouldNeedAllRightsAndNoOther(TestNamespace namespace) {
        Rights engine = new Rights();
        Rights cli = new Rights();

        assertThat(tell(namespace, EngineRole.ENGINE, engine, EngineRole.CLI, cli))
                .isEmpty();

        assertThat(engine.refused()).isEmpty();
        assertThat(cli.refused()).isEmpty();
        assertThat(engine.used()).containsExactlyInAnyOrderElementsOf(Rights.granted(EngineRole.ENGINE));
        assertThat(cli.used()).containsExactlyInAnyOrderElementsOf(Rights.granted(EngineRole.CLI));
    }

    @Proof(
            title = "No rule too many",
            description =
                    "The same with each rule of the two roles left out, one at a time: something of it goes wrong every time.")
    @Tag("slow")
    @ParameterizedTest(name = "rule {0}")
    @MethodSource("rules")
    void shouldFailWithoutAnyOneRule(Left left, TestNamespace namespace) {
        Optional<String> failure =
                tell(namespace, left.of(EngineRole.ENGINE), new Rights(), left.of(EngineRole.CLI), new Rights());

        assertThat(failure).isPresent();
        log.info(
                "Without {} of {}: {}",
                left.role().rules().get(left.rule()),
                left.role().account(),
                failure.get());
    }

    /** A rule that is left out. */
    record Left(EngineRole role, int rule) {

        EngineRole of(EngineRole other) {
            return other.equals(role)
                    ? new EngineRole(
                            role.account(),
                            role.rules().stream()
                                    .filter(kept -> !kept.equals(role.rules().get(rule)))
                                    .toList())
                    : other;
        }
    }

    static Stream<Arguments> rules() {
        return Stream.of(EngineRole.ENGINE, EngineRole.CLI)
                .flatMap(role -> IntStream.range(0, role.rules().size()).mapToObj(rule -> {
                    String name = rule + " of " + role.account();
                    return Arguments.of(Named.of(name, new Left(role, rule)));
                }));
    }

    private static Optional<String> tell(
            TestNamespace namespace, EngineRole engine, Rights ofEngine, EngineRole cli, Rights ofCli) {
        List.of(engine, cli).forEach(role -> grant(namespace, role));
        Path folder = namespace.folder();
        try (FaultProxy forEngine = FaultProxy.as(namespace.cluster(), user(namespace, engine), ofEngine);
                FaultProxy forCli = FaultProxy.as(namespace.cluster(), user(namespace, cli), ofCli);
                EngineProcess process = EngineProcess.start(
                        forEngine.url(), namespace.name(), folder.resolve("engine"), HEAP_MEBIBYTES)) {
            assertThat(process).isNotNull();
            return new Story(namespace, forCli.url(), folder.resolve("cli")).tell();
        }
    }

    private static void grant(TestNamespace namespace, EngineRole role) {
        namespace
                .client()
                .load(new ByteArrayInputStream(role.yaml(namespace.name()).getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> namespace
                        .client()
                        .resource(item)
                        .inNamespace(namespace.name())
                        .create());
    }

    private static String user(TestNamespace namespace, EngineRole role) {
        return "system:serviceaccount:" + namespace.name() + ":" + role.account();
    }
}
