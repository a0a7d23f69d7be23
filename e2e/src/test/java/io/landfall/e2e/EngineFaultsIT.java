package io.landfall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.landfall.deploy.release.Outcome.Result;
import io.landfall.deploy.release.ReleaseOrder.Conduct;
import io.landfall.deploy.release.ReleaseOrder.OnFailure;
import io.landfall.e2e.cluster.FaultProxy;
import io.landfall.e2e.cluster.KubernetesExtension;
import io.landfall.e2e.cluster.TestNamespace;
import io.landfall.e2e.field.BatchWatch;
import io.landfall.e2e.field.Engine;
import io.landfall.e2e.field.Idle;
import io.landfall.e2e.field.Releases;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@ExtendWith(KubernetesExtension.class)
class EngineFaultsIT {

    private static final Logger log = LoggerFactory.getLogger(EngineFaultsIT.class);

    private static final int PODS = 4;
    private static final String TWO_BATCHES = "2";
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long SEED = 20261123;
    private static final Conduct AUTOMATIC = Releases.automatic(OnFailure.PAUSE, Duration.ofMinutes(3));

    @Proof(
            title = "The engine is killed at each of its writes",
            description =
                    "A release, and one that goes back half way, with the engine killed before and after each of its writes: another engine"
                            + " ends it every time, the pods replaced are as many as without, and the Deployment's specification ends identical.")
    @Tag("slow")
    @Test
    void shouldFinishWhatAKilledEngineBegan(TestNamespace namespace) {
        Idle idle = new Idle(namespace);
        try (Releases releases = Releases.of(namespace, Idle.NAME)) {
            try (Engine engine = Engine.start(namespace.client(), namespace.name(), 1)) {
                releases.release(idle.rendered("0", PODS), TWO_BATCHES, AUTOMATIC);
                assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
                assertThat(engine.writes()).isPositive();
            }
            Runs runs = new Runs(namespace, idle, releases);
            int forward = cutAtEach(runs::forward);
            int back = cutAtEach(runs::back);
            log.info("{} writes of a release and {} of one that goes back, cut before and after each", forward, back);
            // Claimed, and admitted a batch at least.
            assertThat(forward).isGreaterThanOrEqualTo(4);
            assertThat(back).isGreaterThanOrEqualTo(4);
        }
    }

    /** A release under an engine that dies. */
    @FunctionalInterface
    private interface Run {
        /**
         * Returns whether it died.
         *
         * @param death at which of its writes
         * @param done whether the write was done
         */
        boolean under(int death, boolean done);
    }

    /** Until a release has no more writes. */
    private static int cutAtEach(Run run) {
        int death = 1;
        while (run.under(death, false)) {
            run.under(death, true);
            death++;
        }
        return death - 1;
    }

    /** Releases of one Deployment, one after the other, each under an engine that dies. */
    private static final class Runs {
        private final TestNamespace namespace;
        private final Idle idle;
        private final Releases releases;
        private final DeploymentSpec spec;
        private long epoch = 10;

        Runs(TestNamespace namespace, Idle idle, Releases releases) {
            this.namespace = namespace;
            this.idle = idle;
            this.releases = releases;
            this.spec = idle.spec();
        }

        boolean forward(int death, boolean done) {
            String version = String.valueOf(++epoch);
            try (BatchWatch watch = new BatchWatch(namespace, Idle.NAME);
                    Engine engine = mortal(death, done)) {
                watch.allow(PODS);
                releases.release(idle.rendered(version, PODS), TWO_BATCHES, AUTOMATIC);
                assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
                assertIsAsBefore(version);
                assertThat(watch.made()).as("pods replaced").isEqualTo(PODS);
                return engine.dead();
            }
        }

        /** The same, half way, and back. */
        boolean back(int death, boolean done) {
            String version = idle.version();
            epoch++;
            try (BatchWatch watch = new BatchWatch(namespace, Idle.NAME);
                    Engine engine = mortal(death, done)) {
                watch.allow(2);
                releases.release(idle.rendered(String.valueOf(epoch), PODS), TWO_BATCHES, Releases.byHand());
                releases.awaitBatch(1, 2);
                releases.back();
                assertThat(releases.awaitEnd().result()).isEqualTo(Result.ROLLED_BACK);
                assertIsAsBefore(version);
                assertThat(watch.made()).as("pods replaced").isEqualTo(2);
                assertThat(watch.excesses()).isEmpty();
                return engine.dead();
            }
        }

        private Engine mortal(int death, boolean done) {
            return Engine.mortal(namespace.client(), namespace.name(), epoch * 2, death, done);
        }

        private void assertIsAsBefore(String version) {
            idle.awaitQuiet();
            assertThat(idle.version()).isEqualTo(version);
            DeploymentSpec now = idle.spec();
            now.setTemplate(spec.getTemplate());
            assertThat(now).isEqualTo(spec);
        }
    }

    @Proof(
            title = "The engine's API server is in trouble",
            description =
                    "A proxy between engine and API server answers a quarter of all requests with 429, 500, 409 or not at all, also after the"
                            + " request was carried out: each of five releases ends right, with as many pods replaced as without.")
    @Tag("slow")
    @Test
    void shouldReleaseThroughTrouble(TestNamespace namespace) {
        Idle idle = new Idle(namespace);
        try (FaultProxy proxy = FaultProxy.before(namespace.cluster(), SEED);
                KubernetesClient client = proxy.connect(TIMEOUT_MILLIS);
                Engine engine = Engine.start(client, namespace.name(), 1);
                Releases releases = Releases.of(namespace, Idle.NAME)) {
            releases.release(idle.rendered("0", PODS), TWO_BATCHES, AUTOMATIC);
            assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
            proxy.fail(0.25);
            for (int run = 1; run <= 5; run++) {
                try (BatchWatch watch = new BatchWatch(namespace, Idle.NAME)) {
                    watch.allow(PODS);
                    releases.release(idle.rendered(String.valueOf(run), PODS), TWO_BATCHES, AUTOMATIC);
                    assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
                    idle.awaitQuiet();
                    assertThat(watch.made()).isEqualTo(PODS);
                    assertThat(idle.version()).isEqualTo(String.valueOf(run));
                }
            }
            assertThat(engine.writes()).isPositive();
            log.info("{} requests failed on the way", proxy.injected());
            assertThat(proxy.injected()).isPositive();
        }
    }

    @Proof(
            title = "The engine's API server is away, and its watch is stale",
            description =
                    "In the middle of a release the engine hears nothing of its watches, then reaches no API server for a minute: the release"
                            + " ends right when it is back, and nobody was replaced twice.")
    @Tag("slow")
    @Test
    void shouldOutliveTheApiServer(TestNamespace namespace) throws InterruptedException {
        Idle idle = new Idle(namespace);
        try (FaultProxy proxy = FaultProxy.before(namespace.cluster(), SEED);
                KubernetesClient client = proxy.connect(TIMEOUT_MILLIS);
                Engine engine = Engine.start(client, namespace.name(), 1);
                Releases releases = Releases.of(namespace, Idle.NAME)) {
            releases.release(idle.rendered("0", PODS), TWO_BATCHES, AUTOMATIC);
            assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
            try (BatchWatch watch = new BatchWatch(namespace, Idle.NAME)) {
                watch.allow(2);
                releases.release(idle.rendered("1", PODS), TWO_BATCHES, Releases.byHand());
                releases.awaitBatch(1, 2);
                proxy.silence();
                watch.allow(PODS);
                releases.admit(2);
                pass(20);
                proxy.cut();
                pass(60);
                proxy.speak();
                proxy.mend();

                assertThat(releases.awaitEnd().result()).isEqualTo(Result.DONE);
                idle.awaitQuiet();
                assertThat(watch.made()).isEqualTo(PODS);
                assertThat(watch.excesses()).isEmpty();
                assertThat(engine.writes()).isPositive();
            }
        }
    }

    /** How long the fault lasts is part of what is tried. */
    private static void pass(int seconds) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)).isFalse();
    }
}
