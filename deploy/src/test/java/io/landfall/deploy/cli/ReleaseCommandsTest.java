package io.landfall.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.landfall.deploy.Violation;
import io.landfall.deploy.release.Batches;
import io.landfall.deploy.release.Directive.Wish;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.Progress.Direction;
import io.landfall.deploy.release.ReleaseOrder.Advance;
import io.landfall.deploy.release.ReleaseOrder.Strategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeskModel desk = new DeskModel();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void shouldFollowAReleaseInLines() {
        desk.then(() -> desk.at(1, 2, 0))
                .then(() ->
                        desk.at(1, 2, 1, Optional.of("the image is not there"), Optional.empty(), Direction.FORWARD))
                .then(() ->
                        desk.at(1, 2, 1, Optional.of("the image is not there"), Optional.empty(), Direction.FORWARD))
                .then(() -> desk.at(1, 2, 2))
                .then(() -> desk.at(2, 4, 3))
                .then(() -> desk.ends(Result.DONE, "all 4 pods are new"));

        assertThat(run("rollback", "orders", "--wait", "--plain", "--by=anna")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        2026-11-23T07:00:00Z orders-1 accepted (no engine has begun it)
                        2026-11-23T07:00:10Z orders-1 running, batch 1 of 2: 0 of 2 ready
                        2026-11-23T07:00:20Z orders-1 running, batch 1 of 2: 1 of 2 ready
                        2026-11-23T07:00:20Z orders-1   orders-new-1: the image is not there
                        2026-11-23T07:00:40Z orders-1 running, batch 1 of 2: 2 of 2 ready
                        2026-11-23T07:00:50Z orders-1 running, batch 2 of 2: 3 of 4 ready
                        2026-11-23T07:01:00Z orders-1 done (all 4 pods are new)
                        """);
        assertThat(err.toString()).isEmpty();
        assertThat(desk.driven()).isZero();
    }

    @Test
    void shouldFollowAReleaseInDocuments() throws IOException {
        desk.then(() -> desk.at(1, 2, 1)).then(() -> desk.ends(Result.ROLLED_BACK, "a gate failed"));

        assertThat(run("rollback", "orders", "-w", "-o", "json")).isEqualTo(3);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        JsonNode running = JSON.readTree(lines.get(1));
        assertThat(running.path("at").asText()).isEqualTo("2026-11-23T07:00:10Z");
        assertThat(running.path("state").asText()).isEqualTo("running");
        assertThat(running.path("batch").toString())
                .isEqualTo("{\"number\":1,\"of\":2,\"allowed\":2,\"direction\":\"forward\","
                        + "\"since\":\"2026-11-23T07:00:10Z\",\"ready\":false}");
        JsonNode ended = JSON.readTree(lines.get(2));
        assertThat(ended.path("state").asText()).isEqualTo("rolled-back");
        assertThat(ended.path("why").asText()).isEqualTo("a gate failed");
        assertThat(ended.path("endedAt").asText()).isEqualTo("2026-11-23T07:00:20Z");
    }

    @Test
    void shouldBeTheEngineWhereThereIsNone() {
        desk.withoutEngine().then(() -> desk.ends(Result.DONE, "all pods are new"));

        assertThat(run("rollback", "orders", "--wait", "--plain")).isZero();

        assertThat(desk.driven()).isEqualTo(1);
    }

    @Test
    void shouldStandInForAnEngineThatDies() {
        desk.then(() -> desk.at(1, 2, 1))
                .then(desk::withoutEngine)
                .then(() -> desk.ends(Result.DONE, "all pods are new"));

        assertThat(run("rollback", "orders", "--wait", "--plain")).isZero();

        assertThat(desk.driven()).isEqualTo(1);
    }

    @Test
    void shouldBeAnEngineUntilItIsToldToEnd() {
        desk.withoutEngine();

        assertThat(run("engine")).isZero();

        assertThat(desk.driven()).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("engine for test is up");
    }

    @Test
    void shouldSayThatNothingHappensWithoutAnEngine() {
        desk.withoutEngine();

        assertThat(run("rollback", "orders")).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("orders-1: accepted");
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("No engine runs in test, so nothing happens: start one with"
                        + " landfall engine -n test, or add --wait and be it.");
    }

    @Test
    void shouldEndWithFourWhereAPersonIsNeeded() {
        begin("--manual");
        desk.at(1, 2, 2);

        assertThat(run("status", "orders", "--wait", "--plain")).isEqualTo(4);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("2026-11-23T07:00:00Z orders-1 waiting, batch 1 of 2: 2 of 2 ready"
                        + " (the next batch waits for a person)");

        desk.at(1, 2, 1, Optional.empty(), Optional.of("the batch took too long"), Direction.FORWARD);
        assertThat(run("status", "orders", "--wait", "--plain")).isEqualTo(4);
        assertThat(out.toString()).contains("held, batch 1 of 2: 1 of 2 ready (the batch took too long)");
    }

    @Test
    void shouldFinishTheBatchBeforeAPauseIsOne() {
        begin();
        desk.at(1, 2, 1);
        desk.then(() -> desk.at(1, 2, 2));

        assertThat(run("pause", "orders", "--wait", "--plain", "--by=anna")).isEqualTo(4);

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        2026-11-23T07:00:00Z orders-1 paused, batch 1 of 2: 1 of 2 ready (paused by anna)
                        2026-11-23T07:00:10Z orders-1 paused, batch 1 of 2: 2 of 2 ready (paused by anna)
                        """);
    }

    @Test
    void shouldEndWithFiveWhenItTakesTooLong() {
        begin();
        desk.at(1, 2, 1);

        assertThat(run("status", "orders", "--wait", "--plain", "--timeout=25s"))
                .isEqualTo(5);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "orders-1: not waited for any longer; landfall status orders -n test --wait goes on");
    }

    @Test
    void shouldSayWhatWasAskedFor() {
        begin("--manual");
        desk.at(1, 2, 2);

        assertThat(run("next", "orders", "--by=anna")).isZero();
        assertThat(desk.directive().admitted()).isEqualTo(2);
        assertThat(run("next", "orders", "--by=anna")).isZero();
        assertThat(desk.directive().admitted()).isEqualTo(2);
        assertThat(run("pause", "orders", "--by=anna")).isZero();
        assertThat(desk.directive().wish()).isEqualTo(Wish.PAUSE);
        assertThat(run("resume", "orders", "--by=anna")).isZero();
        assertThat(desk.directive().wish()).isEqualTo(Wish.RUN);
        assertThat(run("rollback", "orders", "--at-once", "--by=otto")).isZero();
        assertThat(desk.directive().wish()).isEqualTo(Wish.BACK);
        assertThat(desk.directive().atOnce()).isTrue();
        assertThat(run("abort", "orders", "--stay", "--by=otto")).isZero();
        assertThat(desk.directive().wish()).isEqualTo(Wish.STAY);
        assertThat(desk.directive().by()).isEqualTo("otto");
        assertThat(desk.directive().said()).isEqualTo(6);
    }

    @Test
    void shouldTakeWhatWasAskedForAsASuccess() {
        begin();
        desk.at(1, 2, 2);
        desk.then(() -> desk.ends(Result.ROLLED_BACK, "as asked"));
        assertThat(run("rollback", "orders", "--wait", "--plain")).isZero();

        assertThat(run("rollback", "orders")).isEqualTo(1);
        assertThat(err.toString()).contains("its last release was rolled back already");
        begin("--to-revision=1");
        desk.then(() -> desk.ends(Result.STAYED, "as asked"));
        assertThat(run("abort", "orders", "--stay", "--wait", "--plain")).isZero();
    }

    @Test
    void shouldNotTakeAnOldFailureForAnAnswer() {
        begin();
        desk.at(1, 2, 0, Optional.empty(), Optional.of("the batch took too long"), Direction.FORWARD);
        desk.then(() -> desk.at(1, 2, 0, Optional.empty(), Optional.empty(), Direction.BACK))
                .then(() -> desk.ends(Result.ROLLED_BACK, "as asked"));

        assertThat(run("rollback", "orders", "--wait", "--plain")).isZero();
    }

    @Test
    void shouldSayItAgainWhenSomebodyElseWasFaster() {
        begin();
        desk.staleWrites(3);

        assertThat(run("pause", "orders")).isZero();
        assertThat(desk.directive().wish()).isEqualTo(Wish.PAUSE);

        desk.staleWrites(1000);
        assertThat(run("resume", "orders")).isEqualTo(1);
        assertThat(err.toString()).contains("others change it all the time");
    }

    @Test
    void shouldAdmitNothingAfterAFailure() {
        begin("--manual");
        desk.at(1, 2, 1, Optional.empty(), Optional.of("the batch took too long"), Direction.FORWARD);

        assertThat(run("next", "orders")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("orders: its batch has failed: the batch took too long;"
                        + " say landfall resume, or landfall rollback");
    }

    @Test
    void shouldRefuseWhatCannotBeSaid() {
        assertThat(run("pause", "orders")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("orders: no release of it is known in the namespace test;"
                        + " landfall status shows all; -n says another namespace");
        begin();
        assertThat(run("rollback", "orders", "--to-revision=3")).isEqualTo(1);
        assertThat(run("rollback", "orders", "--dry-run")).isEqualTo(2);
        assertThat(desk.directive().said()).isZero();
        assertThat(run("scale", "orders", "3")).isEqualTo(1);
        assertThat(err.toString()).contains("another release of it has not ended");
        desk.ends(Result.DONE, "all pods are new");
        assertThat(run("next", "orders")).isEqualTo(1);
        assertThat(err.toString()).contains("its release orders-1 has ended: all pods are new");

        assertThat(run("abort", "orders")).isEqualTo(2);
        assertThat(run("abort", "orders", "--stay", "--back")).isEqualTo(2);
        assertThat(run("abort", "orders", "--stay", "--at-once")).isEqualTo(2);
        assertThat(run("scale", "orders", "-1")).isEqualTo(2);
        assertThat(run("status", "--wait")).isEqualTo(2);
        assertThat(run("status", "orders", "--timeout=soon")).isEqualTo(2);
        assertThat(run("cronjob/orders")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void shouldRefuseInADocument() throws IOException {
        desk.refusing(
                new Violation("Deployment orders", "the image is missing", "push it"),
                new Violation("Service orders", "somebody else's", "say --take-over"));

        assertThat(run("scale", "orders", "5", "-o", "json")).isEqualTo(1);

        JsonNode said = JSON.readTree(out.toString());
        assertThat(said.path("error").asText()).isEqualTo("refused");
        assertThat(said.path("violations").findValuesAsText("problem"))
                .containsExactly("the image is missing", "somebody else's");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldShowWhatItWouldDo() throws IOException {
        assertThat(run("scale", "orders", "9", "--batches=1,50%,rest", "--dry-run"))
                .isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        would release Deployment test/orders, in 3 batches: [1, 3, 1]
                          old pods stop first; the next batch after 0 s; a batch has 600 s; a failure: pause; 0 gates
                          ~ Deployment orders: image: registry/orders:1 -> registry/orders:2
                        """);
        assertThat(desk.orders()).isEmpty();

        assertThat(run("rollback", "orders", "--dry-run", "-o=json")).isZero();
        JsonNode plan = JSON.readTree(out.toString());
        assertThat(plan.path("batches").toString()).isEqualTo("[2,2]");
        assertThat(plan.path("image").toString())
                .isEqualTo("{\"from\":\"registry/orders:1\",\"to\":\"registry/orders:2\"}");
    }

    @Test
    void shouldWarnOfASingleReplica() {
        desk.replicas(1);

        assertThat(run("rollback", "orders", "--surge")).isZero();
        assertThat(err.toString()).isEmpty();
        desk.ends(Result.DONE, "all pods are new");
        assertThat(run("rollback", "orders", "--no-surge")).isZero();
        assertThat(err.toString()).startsWith("warning: Deployment test/orders has one replica");
    }

    @Test
    void shouldGoBackWithTheTermsOfTheReleaseBefore() {
        begin("--batches=3", "--manual", "--surge");
        desk.ends(Result.DONE, "all pods are new");

        assertThat(run("rollback", "orders", "--to-revision=7", "--no-surge")).isZero();

        Request.Rollback last = (Request.Rollback) desk.requests().get(1);
        assertThat(last.revision()).isEqualTo(OptionalLong.of(7));
        assertThat(last.terms().batches()).isEqualTo(Batches.parse("3"));
        assertThat(last.terms().conduct().advance()).isEqualTo(Advance.MANUAL);
        assertThat(last.terms().conduct().strategy()).isEqualTo(Strategy.STOP_FIRST);
    }

    @Test
    void shouldShowAllReleases() {
        assertThat(run("status")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("no release is known in test");
        begin();
        desk.at(1, 2, 1);

        assertThat(run("status")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        WORKLOAD  ORDER     FLOW      STATE    BATCH   READY  OLD  WHY
                        orders    orders-1  rollback  running  1 of 2  1/4    2
                        """);
    }

    @Test
    void shouldSayWhyItIsStuck() {
        begin();
        desk.at(
                1,
                2,
                0,
                Optional.of("crashes: \u001b[31mno such bean"),
                Optional.of("batch 1 took longer than 600 s"),
                Direction.FORWARD);

        assertThat(run("status", "orders")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        orders-1: rollback of Deployment test/orders, by anna, 2026-11-23T07:00:00Z
                          image     registry/orders:1 -> registry/orders:2
                          config    config-1 -> config-2
                          state     held, batch 1 of 2: 0 of 2 ready (batch 1 took longer than 600 s)
                          pods      4 wanted, 2 new (0 ready), 2 old, 0 leaving
                          trouble   orders-new-0: crashes: ?[31mno such bean
                          trouble   orders-new-1: crashes: ?[31mno such bean
                          next      landfall resume orders to try on, or landfall rollback orders
                        """);
    }

    @Test
    void shouldKeepTheShapeOfItsDocuments() throws IOException {
        begin();
        desk.at(1, 2, 1, Optional.of("starts"), Optional.empty(), Direction.FORWARD);

        assertThat(run("status", "orders", "-o", "json")).isZero();
        assertThat(JSON.readTree(out.toString())).isEqualTo(JSON.readTree("""
                                {"order": "orders-1", "flow": "rollback",
                                 "workload": {"kind": "Deployment", "namespace": "test", "name": "orders"},
                                 "author": "anna", "created": "2026-11-23T07:00:00Z",
                                 "image": {"from": "registry/orders:1", "to": "registry/orders:2"},
                                 "config": {"from": "config-1", "to": "config-2"},
                                 "replicas": {"from": "4", "to": "4"},
                                 "state": "running", "ended": false, "needsPerson": false, "why": null,
                                 "batch": {"number": 1, "of": 2, "allowed": 2, "direction": "forward",
                                           "since": "2026-11-23T07:00:00Z", "ready": false},
                                 "pods": {"wanted": 4, "updated": 2, "ready": 1, "old": 2, "leaving": 0, "restarts": 0},
                                 "troubles": [{"pod": "orders-new-1", "reason": "starts"}],
                                 "directive": {"wish": "run", "admitted": 1, "by": "anna"},
                                 "endedAt": null}
                                """));
    }

    @Test
    void shouldCompleteInShells() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(out.toString()).contains("complete -F _complete_landfall", "--to-revision");
        assertThat(run("completion", "zsh")).isZero();
        assertThat(out.toString()).startsWith("autoload -U +X bashcompinit");
    }

    @Test
    void shouldHaveTheCommandsForConfiguration(@TempDir Path folder) throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("application.properties"), "a=1\n");
        String store = "dir:" + folder.resolve("store");

        assertThat(run("config", "list", "orders", "--store", store)).isZero();
        assertThat(run("config", "show", "orders:1", "--store", store)).isNotZero();
        assertThat(run("config", "publish", "--hlep")).isEqualTo(2);
        assertThat(err.toString()).contains("no option is called --hlep", "More: landfall config publish --help");
    }

    @Test
    void shouldSayInItsHelpWhatItEndsWith() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("rolled back, where that was not asked for");
    }

    private void begin(String... more) {
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("rollback", "orders", "--by=anna"), java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        assertThat(run(arguments)).isZero();
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        Surroundings around = new Surroundings(
                Map.of(),
                desk.clock(),
                place -> {
                    throw new AssertionError("no cluster is needed");
                },
                place -> desk,
                Told::new);
        return LandfallCommand.commandLine(around)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** It is over before it began. */
    private static final class Told implements Termination {
        @Override
        public void await() {}

        @Override
        public void close() {}
    }
}
