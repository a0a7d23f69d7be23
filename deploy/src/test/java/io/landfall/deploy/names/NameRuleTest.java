package io.landfall.deploy.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NameRuleTest {

    @ParameterizedTest
    @CsvSource({
        "DNS_LABEL, orders",
        "DNS_LABEL, 0-9",
        "DNS_SUBDOMAIN, a.b-c.d",
        "NAMESPACE, shop",
        "SERVICE, a0",
        "DEPLOYMENT, orders.v2",
        "STATEFUL_SET, cat",
        "CRON_JOB, nightly",
        "LABEL_VALUE, Feature_1.2-x",
        "LABEL_VALUE, ''",
        "LABEL_KEY, name",
        "LABEL_KEY, landfall.io/Some_Name.x",
        "ANNOTATION_KEY, landfall.io/eip",
        "PORT_NAME, dubbo-20880",
        "PORT_NAME, 8a",
        "VARIABLE, _A.b-c",
        "CONFIG_MAP_KEY, .hidden",
        "CONFIG_MAP_KEY, -x",
        "IMAGE_TAG, _x",
        "IMAGE_TAG, feature-20261123-4",
        "SNAPSHOT_APPLICATION, orders-api",
        "SNAPSHOT_VERSION, 1.4.2"
    })
    void shouldTakeWhatKubernetesTakes(NameRule rule, String name) {
        assertThat(rule.check(name)).isEmpty();
        assertThat(rule.corrected(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "DNS_LABEL, My_App, my-app",
        "DNS_LABEL, '', app",
        "DNS_LABEL, -a-, a",
        "DNS_LABEL, 订单, app",
        "DNS_SUBDOMAIN, a..b, a.b",
        "DNS_SUBDOMAIN, a.-b, a.b",
        "DNS_SUBDOMAIN, a-.b, a.b",
        "DNS_SUBDOMAIN, .a, a",
        "SERVICE, 2fast, app-2fast",
        "SERVICE, a.b, a-b",
        "LABEL_VALUE, feature/x, feature-x",
        "LABEL_VALUE, x-, x",
        "LABEL_KEY, A.b/-c, a.b/c",
        "LABEL_KEY, a/b/c, a-b/c",
        "LABEL_KEY, /c, c",
        "LABEL_KEY, '', app",
        "ANNOTATION_KEY, a b, a-b",
        "PORT_NAME, 8080, port-8080",
        "PORT_NAME, a--b, a-b",
        "PORT_NAME, Http, http",
        "PORT_NAME, metadata-service-port, metadata-servic",
        "VARIABLE, 1A, _1A",
        "VARIABLE, A B, A_B",
        "VARIABLE, .., app",
        "CONFIG_MAP_KEY, ..data, .data",
        "CONFIG_MAP_KEY, ., app",
        "CONFIG_MAP_KEY, a/b, a-b",
        "IMAGE_TAG, -x, x",
        "IMAGE_TAG, .x, x",
        "IMAGE_TAG, feature/x, feature-x",
        "SNAPSHOT_APPLICATION, a--b, a-b",
        "SNAPSHOT_VERSION, 1.4.2-RC1, 1.4.2-rc1"
    })
    void shouldRefuseAndSuggest(NameRule rule, String name, String suggestion) {
        BrokenName broken = rule.check(name).orElseThrow();

        assertThat(broken.problems()).isNotEmpty();
        assertThat(broken.suggestion()).isEqualTo(suggestion);
        assertThat(rule.check(suggestion)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DNS_LABEL, 63",
        "DNS_SUBDOMAIN, 253",
        "NAMESPACE, 63",
        "SERVICE, 63",
        "DEPLOYMENT, 242",
        "STATEFUL_SET, 52",
        "CRON_JOB, 52",
        "LABEL_VALUE, 63",
        "LABEL_KEY, 63",
        "PORT_NAME, 15",
        "CONFIG_MAP_KEY, 253",
        "IMAGE_TAG, 128",
        "SNAPSHOT_APPLICATION, 63",
        "SNAPSHOT_VERSION, 50"
    })
    void shouldKnowHowLongNamesMayBe(NameRule rule, int longest) {
        assertThat(rule.check("a".repeat(longest))).isEmpty();
        BrokenName broken = rule.check("a".repeat(longest + 1)).orElseThrow();

        assertThat(broken.problems()).containsExactly("has " + (longest + 1) + " characters of at most " + longest);
        assertThat(broken.suggestion()).hasSize(longest);
    }

    @ParameterizedTest
    @EnumSource(NameRule.class)
    void shouldSuggestOnlyWhatIsRight(NameRule rule) {
        Random random = new Random(rule.name().hashCode());
        String alphabet = "aZ09-_./ 订\u0000$--..__";
        for (int turn = 0; turn < 2000; turn++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(turn % 10 == 0 ? 300 : 20);
            for (int i = 0; i < length; i++) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String suggestion = rule.corrected(name.toString());
            assertThat(rule.check(suggestion)).as("for '%s'", name).isEmpty();
        }
    }

    @Test
    void shouldSayEverythingThatIsWrongWithTheRule() {
        assertThat(NameRule.SERVICE.check("_My.App-").orElseThrow().at("landfall.yaml:1 key application"))
                .hasToString(
                        "landfall.yaml:1 key application: '_My.App-' has '_', 'M', '.', 'A', begins with '_', ends with '-';"
                                + " wanted is the name of a Service (RFC 1035): up to 63 of a-z, 0-9 and -, beginning with a letter and"
                                + " ending with a letter or digit; write my-app");
    }

    @Test
    void shouldCountWhatOthersAdd() {
        String name = "a".repeat(250);

        BrokenName broken = NameRule.DNS_SUBDOMAIN.check("", name, "-release").orElseThrow();

        assertThat(broken.problems()).containsExactly("has 258 characters of at most 253");
        assertThat(broken.suggestion()).hasSize(245);
        assertThat(NameRule.DNS_SUBDOMAIN.check("", broken.suggestion(), "-release"))
                .isEmpty();
    }
}
