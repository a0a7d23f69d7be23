package io.landfall.shutdown.spring;

import io.landfall.shutdown.DrainPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code landfall.drain.*}.
 *
 * @param enabled whether a closing context drains at all
 * @param deadline from the trigger until calls still in flight are cut
 * @param quietPeriod how long no call may arrive before the service counts as quiet
 * @param stepLimit the longest one step may take to refuse, withdraw or close
 * @param closeTime what the steps after the quiet may take
 * @param gracePeriod the pod's terminationGracePeriodSeconds, if its template says it; a drain that may take longer
 *     is warned of
 * @param probePaths where probers ask, whose requests do not count while it drains; unset: the actuator, {@code /livez} and
 *     {@code /readyz}
 * @param springCloud whether registrations of Spring Cloud wait for readiness, and leave when the drain withdraws
 */
@ConfigurationProperties("landfall.drain")
public record DrainProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30s") Duration deadline,
        @DefaultValue("2s") Duration quietPeriod,
        @DefaultValue("5s") Duration stepLimit,
        @DefaultValue("5s") Duration closeTime,
        @Nullable Duration gracePeriod,
        @Nullable List<String> probePaths,
        @DefaultValue("true") boolean springCloud) {

    /** What is wrong with the pod's grace period, for the log. */
    Optional<String> gracePeriodProblem() {
        return Optional.ofNullable(gracePeriod).flatMap(policy()::tooLongFor);
    }

    DrainPolicy policy() {
        return new DrainPolicy(deadline, quietPeriod, stepLimit, closeTime);
    }
}
