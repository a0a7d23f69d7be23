package io.landfall.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.e2e.cluster.Cluster.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private static final Map<String, String> NAMED = Map.of("LANDFALL_KUBECONFIG", "/some/kubeconfig");

    @Test
    void shouldPreferTheUsersCluster() {
        assertThat(Cluster.source(NAMED, "root")).isEqualTo(Source.USERS);
        assertThat(Cluster.source(NAMED, "somebody")).isEqualTo(Source.USERS);
    }

    @Test
    void shouldStartOneForRootOnly() {
        assertThat(Cluster.source(Map.of(), "root")).isEqualTo(Source.SCRIPT);
        assertThat(Cluster.source(Map.of(), "somebody")).isEqualTo(Source.NONE);
    }

    @Test
    void shouldSayWhatElseTheUsersClusterNeeds() {
        assertThatThrownBy(() -> Cluster.ofUser(NAMED)).hasMessageContaining("LANDFALL_HOST_ADDRESS");
    }
}
