package io.landfall.deploy.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.landfall.deploy.Balancer.Traffic;
import io.landfall.deploy.traffic.SpreadCheck.Placed;
import io.landfall.deploy.traffic.SpreadCheck.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadCheckTest {

    private static final List<Placed> TWO_ON_ONE =
            List.of(new Placed("shop-1", "n1"), new Placed("shop-2", "n1"), new Placed("shop-3", "n2"));

    @Test
    void shouldHalveTheShareOfTwoPodsOnOneNode() {
        SpreadCheck check = SpreadCheck.of(TWO_ON_ONE, Traffic.LOCAL);

        assertThat(check.shares())
                .containsExactly(
                        new Share("shop-1", "n1", 0.25),
                        new Share("shop-2", "n1", 0.25),
                        new Share("shop-3", "n2", 0.5));
        assertThat(check.unevenness()).isEqualTo(0.5, within(1e-9));
        assertThat(check.even()).isFalse();
        assertThat(check.sentence())
                .isEqualTo("3 pods on 2 nodes: 2 pods on n1 get 25% each, 1 pod on n2 gets 50%, even would be 33.3%");
    }

    @Test
    void shouldBeEvenWhereEachNodeHasAsMany() {
        assertThat(SpreadCheck.of(
                        List.of(
                                new Placed("a", "n1"),
                                new Placed("b", "n1"),
                                new Placed("c", "n2"),
                                new Placed("d", "n2")),
                        Traffic.LOCAL))
                .returns(true, SpreadCheck::even)
                .returns("4 pods on 2 nodes: each pod gets 25%", SpreadCheck::sentence);
    }

    @Test
    void shouldBeEvenWhereNodesSendItOn() {
        assertThat(SpreadCheck.of(TWO_ON_ONE, Traffic.CLUSTER))
                .returns(true, SpreadCheck::even)
                .returns("3 pods on 2 nodes: each pod gets 33.3%", SpreadCheck::sentence);
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        assertThat(SpreadCheck.of(List.of(), Traffic.LOCAL).sentence()).isEqualTo("no pod is ready: nobody answers");
    }
}
