package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.deploy.Balancer.Kind;
import io.landfall.deploy.Balancer.Traffic;
import io.landfall.deploy.Violation;
import io.landfall.deploy.application.TrafficAccess.Speaks;
import io.landfall.deploy.application.TrafficAccess.TrafficPort;
import io.landfall.deploy.application.TrafficAccess.Transport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficRulesTest {

    /** ValidateSessionAffinityConfig and MaxClientIPServiceAffinitySeconds in pkg/apis/core. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 86_401})
    void shouldRefuseTimesThatKubernetesDoesNotTake(int seconds) {
        assertThat(TrafficRules.check(List.of(Accesses.sticky(Traffic.LOCAL, seconds))))
                .containsExactly(new Violation(
                        "way in shop, affinity",
                        seconds + " s is no time that Kubernetes keeps a caller",
                        "write 1 to 86400 s; 10800 is usual"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 86_400})
    void shouldTakeTheLongestAndTheShortestTime(int seconds) {
        assertThat(TrafficRules.check(List.of(Accesses.sticky(Traffic.LOCAL, seconds))))
                .isEmpty();
    }

    @Test
    void shouldRefuseAnAddressAndPortTwice() {
        assertThat(TrafficRules.check(List.of(
                        Accesses.external(Kind.METALLB, "10.1.1.1", Accesses.HTTP, Accesses.HTTPS),
                        Accesses.external(Kind.METALLB, "10.1.1.1", Accesses.HTTPS))))
                .containsExactly(new Violation(
                        "way in shop, port https",
                        "10.1.1.1:443 is also that of shop",
                        "give one of them another port or address"));
    }

    @Test
    void shouldRefuseTwoTransportsBehindOneAddress() {
        TrafficPort dns = new TrafficPort("dns", 53, "dns", Transport.UDP, Speaks.OTHER);

        assertThat(TrafficRules.check(List.of(Accesses.external(Kind.METALLB, "", Accesses.HTTP, dns))))
                .extracting(Violation::problem)
                .containsExactly("TCP and UDP behind one balancer's address is more than Kubernetes before 1.26 can");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOCAL | 2 | kept by each node for itself",
                "LOCAL | 2 | two pods on one node get half of it each",
                "CLUSTER | 1 | Say traffic: local"
            })
    void shouldExplainSessionAffinity(Traffic traffic, int warnings, String words) {
        assertThat(TrafficRules.warnings(Accesses.sticky(traffic, 600)))
                .hasSize(warnings)
                .anyMatch(warning -> warning.contains(words));
    }

    @Test
    void shouldNotWarnWhereNothingIsSurprising() {
        assertThat(TrafficRules.warnings(Accesses.external(Kind.METALLB, "10.1.1.1", Accesses.HTTP)))
                .isEmpty();
        assertThat(TrafficRules.warnings(Accesses.internal(Kind.NONE, Optional.empty())))
                .isEmpty();
    }
}
