package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.e2e.MatrixReport.Row;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.Application;
import io.landfall.e2e.field.DrainLog;
import io.landfall.e2e.field.Field;
import io.landfall.e2e.field.Load;
import io.landfall.e2e.field.Mode;
import io.landfall.e2e.field.Totals;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of application on every platform; plain {@code main}s with Landfall are in {@link RollingRestartIT} too. */
@ExtendWith(KubernetesExtension.class)
class MatrixIT {

    private static final long CALLS = 10_000;
    /** Of each consumer. Two cores have new pods to start beside, whose first requests are the slowest. */
    private static final int CALLS_PER_SECOND = 100;
    /** Of the one consumer of an application that answers over HTTP alone: it has made them all when the restart ends. */
    private static final int WEB_CALLS_PER_SECOND = 170;

    private static final int PODS = 4;

    private static final MatrixReport report = new MatrixReport(WEB_CALLS_PER_SECOND, 2 * CALLS_PER_SECOND);

    @Proof(
            title = "Rolling restart of what teams really have",
            description =
                    "Four pods of a Spring Boot application behind an external address are replaced, one at a time, under"
                            + " open-loop load: web requests, Dubbo calls, or both, of which the web requests call Dubbo"
                            + " themselves. Of at least 10,000 calls none is lost.")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DUBBO BOOT_4_1", "MIXED BOOT_4_1", "TRI BOOT_3_5", "TOMCAT BOOT_3_5", "WEBFLUX BOOT_4_1"})
    void shouldLoseNoCall(String words, TestNamespace namespace) throws IOException {
        Application application = Application.of(words);
        Mode mode = application.lossless();
        try (Field field = Field.open(namespace, mode, application)) {
            Row row = restart(application, mode, field, namespace);

            assertThat(row.lost()).as(row.lostByType()::toString).isZero();
            assertThat(row.calls()).isGreaterThanOrEqualTo(CALLS);
            assertThat(row.exitSeconds()).hasSize(PODS);
            assertThat(row.podsKilled()).isZero();
            assertThat(field.greeters().drains()).hasSize(PODS).noneMatch(DrainLog::forced);
            assertThat(namespace.records().logs("greeter"))
                    .allSatisfy(log -> assertThat(log).content().doesNotContain("IllegalStateException"));
        }
    }

    @Proof(
            title = "The other half of it",
            description = "The same for the other servers and lines of Spring Boot, and for a plain main.")
    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "TOMCAT BOOT_4_1",
                "JETTY BOOT_3_5",
                "JETTY BOOT_4_1",
                "WEBFLUX BOOT_3_5",
                "DUBBO BOOT_3_5",
                "TRI BOOT_4_1",
                "MIXED BOOT_3_5",
                "DUBBO MAIN",
                "TRI MAIN"
            })
    void shouldLoseNoCallEither(String words, TestNamespace namespace) throws IOException {
        shouldLoseNoCall(words, namespace);
    }

    @Proof(
            title = "The same with the best that there is without Landfall",
            description =
                    "Spring Boot's graceful shutdown, Dubbo's wait, and a preStop hook that takes the pod out of Dubbo's"
                            + " registry and sleeps 10 s: what is lost, and how long a pod takes to end, is measured and reported.")
    @Tag("slow")
    @ParameterizedTest(name = "stock {0}")
    @ValueSource(
            strings = {
                "TOMCAT BOOT_3_5",
                "TOMCAT BOOT_4_1",
                "JETTY BOOT_3_5",
                "JETTY BOOT_4_1",
                "WEBFLUX BOOT_3_5",
                "WEBFLUX BOOT_4_1",
                "DUBBO BOOT_3_5",
                "DUBBO BOOT_4_1",
                "TRI BOOT_3_5",
                "TRI BOOT_4_1",
                "MIXED BOOT_3_5",
                "MIXED BOOT_4_1",
                "DUBBO MAIN",
                "TRI MAIN"
            })
    void shouldMeasureStock(String words, TestNamespace namespace) throws IOException {
        Application application = Application.of(words);
        try (Field field = Field.open(namespace, Mode.STOCK_AT_ITS_BEST, application)) {
            Row row = restart(application, Mode.STOCK_AT_ITS_BEST, field, namespace);

            assertThat(row.exitSeconds()).hasSize(PODS);
        }
    }

    /** One half alone writes a report of its own beside the build's other products; the whole goes where it is kept. */
    @AfterAll
    static void write() throws IOException {
        Path module = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
        report.write(module.resolve("target"));
        if (Boolean.getBoolean("landfall.results.write")) {
            report.write(module.resolveSibling("benchmarks").resolve("results"));
        }
    }

    private static Row restart(Application application, Mode mode, Field field, TestNamespace namespace) {
        int rate = application.consumers() == 1 ? WEB_CALLS_PER_SECOND : CALLS_PER_SECOND;
        Load load = new Load(rate, 20, 200, 3000, 0.01, 1200);
        if (application.asksOldWorld()) {
            field.withOldWorld();
        }
        field.withGreeters(PODS).withConsumers(load).letThemCall(load, 5);
        field.greeters().restart();
        field.letThemCall(load, 5);
        while (field.calls() < CALLS) {
            field.letThemCall(load, 1);
        }
        Totals totals = field.stopConsumers();
        Row row = Row.of(application, mode, totals, namespace.records().ends());
        report.add(row);
        return row;
    }
}
