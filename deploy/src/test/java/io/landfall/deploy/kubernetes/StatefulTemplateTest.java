package io.landfall.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.cat.CatFiles;
import io.landfall.deploy.cat.CatSql;
import io.landfall.deploy.instances.InstanceTableReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatefulTemplateTest {

    @ParameterizedTest
    @ValueSource(strings = {"cat-3", "cat-4", "stateful"})
    void shouldRenderWhatWasLookedAt(String name) throws IOException {
        Golden.check(name + ".yaml", StatefulTemplate.yaml(render(Golden.table(name + ".yaml"))));
    }

    @Test
    void shouldWriteStatementsThatWereLookedAt() throws IOException {
        Golden.check("cat-3.sql", CatSql.of(CatFiles.of(table(Golden.table("cat-3.yaml")))));
    }

    @Test
    void shouldStartThoseThatRunAgainWhenARowIsAdded() throws IOException {
        assertThat(hash(Golden.table("cat-4.yaml"))).isNotEqualTo(hash(Golden.table("cat-3.yaml")));
        assertThat(hash(Golden.table("cat-3.yaml"))).isEqualTo(hash(Golden.table("cat-3.yaml")));
    }

    @Test
    void shouldLeaveThoseThatRereadAlone() throws IOException {
        String table = Golden.table("stateful.yaml");
        StatefulSet two = set(table);
        StatefulSet three = set(table + "  - {ordinal: 2, ip: \"2001:db8::9\"}\n");

        assertThat(three.getSpec().getReplicas()).isEqualTo(3);
        assertThat(three.getSpec().getTemplate()).isEqualTo(two.getSpec().getTemplate());
    }

    @ParameterizedTest
    @CsvSource({
        "metallb, '{metallb.io/loadBalancerIPs=10.1.1.1, metallb.universe.tf/loadBalancerIPs=10.1.1.1}',",
        "openelb, '{eip.openelb.kubesphere.io/v1alpha1=10.1.1.1, lb.kubesphere.io/v1alpha1=openelb}', 10.1.1.1",
        "porter, '{eip.porter.kubesphere.io/v1alpha1=10.1.1.1, lb.kubesphere.io/v1alpha1=porter}', 10.1.1.1",
        "none, {}, 10.1.1.1"
    })
    void shouldAskEachBalancerInItsOwnWords(String kind, String annotations, String field) throws IOException {
        String table = Golden.table("cat-3.yaml")
                .replace(
                        "kind: metallb, pool: monitoring, traffic: local", "kind: " + kind + ", class: example.com/lb");

        Service service = (Service) named(render(table), "Service", "cat-0");

        assertThat(service.getMetadata().getAnnotations()).hasToString(annotations);
        assertThat(service.getSpec().getLoadBalancerIP()).isEqualTo(field);
        assertThat(service.getSpec().getLoadBalancerClass()).isEqualTo("example.com/lb");
        assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Cluster");
        assertThat(service.getSpec().getSelector()).isEqualTo(Map.of("statefulset.kubernetes.io/pod-name", "cat-0"));
    }

    @Test
    void shouldWriteNoSecretWhereSomebodyElseDoes() throws IOException {
        String table = Golden.table("cat-3.yaml").replaceAll("(?m)^    (url|user|password-variable):.*\n", "");

        assertThat(render(table)).noneMatch(object -> object.getKind().equals("Secret"));
    }

    @Test
    void shouldLetConsolesTakeMessagesWhereNobodyElseIs() throws IOException {
        String table = Golden.table("cat-3.yaml").replaceAll("(?m)^  - .ordinal: [12].*\n", "");

        assertThat(CatFiles.of(table(table)).routerConfig())
                .contains("<default-server id=\"10.1.1.1\" weight=\"1.0\" port=\"2280\" enable=\"true\"/>");
    }

    private static List<HasMetadata> render(String table) {
        return StatefulTemplate.render(table(table), variable -> "<" + variable + "&>");
    }

    private static InstanceTable table(String text) {
        return InstanceTableReader.read("instances.yaml", text);
    }

    private static StatefulSet set(String table) {
        return render(table).stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String hash(String table) {
        return set(table)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .getOrDefault(Names.CONFIG_HASH, "none");
    }

    private static HasMetadata named(List<HasMetadata> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.getKind().equals(kind)
                        && object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
