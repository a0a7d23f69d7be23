package io.landfall.deploy.release;

import io.landfall.deploy.release.ReleaseCluster.Written;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at an order once, and does what follows. It keeps nothing from one time to the next. For several threads. */
final class Look {

    private static final Logger log = LoggerFactory.getLogger(Look.class);

    private static final Decision.Wait UNSEEN = Situation.waiting("the last write is not seen");

    private final ReleaseCluster cluster;
    private final Gates gates;
    private final Clock clock;

    Look(ReleaseCluster cluster, Gates gates, Clock clock) {
        this.cluster = cluster;
        this.gates = gates;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param version what it was decided from
     * @param decision what was decided
     * @param written how the write ended; empty: nothing was written
     */
    record Looked(String version, Decision decision, Optional<Written> written) {

        boolean did(Written how) {
            return written.filter(how::equals).isPresent();
        }

        /** Whether nothing was decided, since the last write is not seen. */
        boolean unseen() {
            return decision.equals(UNSEEN);
        }

        /** Whether the next look sees it by itself: no watch tells of what comes before a workload. */
        boolean seenAtOnce() {
            return decision instanceof Decision.Prepare
                    || decision instanceof Decision.HoldAutoscaler
                    || decision instanceof Decision.GiveBackAutoscaler;
        }
    }

    /**
     * Decides, and carries it out.
     *
     * @param before what was read when something was written last: as long as the same is read, that write is not seen yet
     * @return empty: there is no order that runs
     */
    Optional<Looked> at(WorkloadName workload, long epoch, Optional<String> before) {
        return cluster.order(workload)
                .filter(stored -> stored.outcome().isEmpty())
                .map(stored -> Situation.read(cluster, stored, gates, clock.instant(), epoch))
                .map(situation -> before.filter(situation.version()::equals).isPresent()
                        ? new Looked(situation.version(), UNSEEN, Optional.empty())
                        : act(situation));
    }

    private Looked act(Situation situation) {
        Decision decision = ReleaseDecisions.decide(situation);
        if (decision instanceof Decision.Wait wait) {
            log.debug(
                    "{}: {} waits: {}",
                    situation.order().workload(),
                    situation.order().id(),
                    wait.why());
            return new Looked(situation.version(), decision, Optional.empty());
        }
        Written written = cluster.carryOut(situation.stored(), situation.view(), decision);
        tell(situation.order(), decision, written);
        return new Looked(situation.version(), decision, Optional.of(written));
    }

    private static void tell(ReleaseOrder order, Decision decision, Written written) {
        if (written == Written.DONE) {
            log.info("{}: {} {}", order.workload(), order.id(), Telling.of(decision));
        } else {
            log.debug("{}: {} was changed by another, looking again", order.workload(), order.id());
        }
    }

    /** How long until an instant. */
    Duration until(Instant instant) {
        Duration left = Duration.between(clock.instant(), instant);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
