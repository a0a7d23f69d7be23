package io.landfall.deploy.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.landfall.deploy.Balancer;
import io.landfall.deploy.InstanceTable;
import io.landfall.deploy.RefusedException;
import io.landfall.deploy.Role;
import io.landfall.deploy.Violation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTableReaderTest {

    private static final String HEAD = """
            kind: cat
            name: cat
            image: cat:3.1.0
            storage: ephemeral
            load-balancer: {kind: none}
            cat: {datasource: {secret: cat-datasources}}
            instances:
            """;

    @Test
    void shouldReadCat() {
        InstanceTable table = InstanceTableReader.read(
                "instances.yaml",
                HEAD + "- {ordinal: 1, ip: 10.1.1.2}\n- {ordinal: 0, ip: 10.1.1.1, roles: [job, console]}\n");

        assertThat(table.instances())
                .extracting(instance -> instance.address().text())
                .containsExactly("10.1.1.1", "10.1.1.2");
        assertThat(table.instances().get(0).roles()).isEqualTo(Set.of(Role.JOB, Role.CONSOLE));
        assertThat(table.container().ports()).extracting("number").containsExactly(2280, 8080);
        assertThat(table.container().agent()).contains("/opt/agent/cat-ip-shim.jar");
        assertThat(table.balancer().traffic()).isEqualTo(Balancer.Traffic.CLUSTER);
        assertThat(table.storage().claim()).isEmpty();
    }

    /** Unlike a name, from which those of pods are made. */
    @Test
    void shouldTakeANamespaceThatKubernetesTakes() {
        String longest = "a" + "1".repeat(62);

        InstanceTable table = InstanceTableReader.read(
                "instances.yaml",
                "namespace: " + longest + "\n" + HEAD + "- {ordinal: 0, ip: 10.1.1.1, roles: [job, console]}\n");

        assertThat(table.namespace()).contains(longest);
    }

    @Test
    void shouldNameEverythingThatIsWrongByRowAndColumn() {
        assertThat(refused(HEAD + """
                                - {ordinal: 0, ip: 10.1.1.1, roles: [job, alarm, boss]}
                                - {ordinal: 2, ip: 10.1.1.1, roles: [job, alarm], hdfs: yes}
                                - ordinal: 2
                                  ip: 10.1.1.300
                                  rolls: [console]
                                - {ordinal: 4, ip: "2001:db8::7", hdfs: true}
                                - {ip: 10.1.1.5, ordinal: 0}
                                """))
                .containsExactly(
                        "instances.yaml:7 key instances: no row has the role console: nobody would be there for people to look at;"
                                + " give it to one of them",
                        "instances.yaml:8 row 1, column roles: 'boss' is unknown; roles are job, alarm, send, console",
                        "instances.yaml:9 row 2, column hdfs: 'yes' is neither true nor false; write true or false",
                        "instances.yaml:9 row 2, column ip: '10.1.1.1' is that of row 1 too; give each instance an address of its own",
                        "instances.yaml:9 row 2, column ordinal: 2 comes after a hole: no row has 1; count from 0 to 4",
                        "instances.yaml:9 row 2, column roles: row 1 is the job machine already: two would write the same reports;"
                                + " leave job to one of them",
                        "instances.yaml:9 row 2, column roles: row 1 is the alarm machine already: CAT raises alarms in one place"
                                + " only, and two would send each of them twice; leave alarm to one of them",
                        "instances.yaml:10 row 3, column ordinal: 2 is that of row 2 too; count from 0 to 4",
                        "instances.yaml:10 row 3, column ordinal: 2 comes after a hole: no row has 1; count from 0 to 4",
                        "instances.yaml:11 row 3, column ip: '10.1.1.300' is no IP address: write 10.1.2.3 or 2001:db8::7;"
                                + " write the address outside",
                        "instances.yaml:12 row 3, column rolls: is unknown; did you mean roles? known are hdfs, ip, ordinal, roles",
                        "instances.yaml:13 row 4, column ordinal: 4 comes after a hole: no row has 3; count from 0 to 4",
                        "instances.yaml:13 row 4, column ip: '2001:db8::7' is of another IP family than row 1;"
                                + " let all instances have IPv4 addresses, or all IPv6",
                        "instances.yaml:13 row 4, column ip: CAT cannot read an IPv6 address: it takes what comes before the first"
                                + " colon; give it one of IPv4",
                        "instances.yaml:13 row 4, column hdfs: no HDFS is named; add cat.hdfs, or leave the column out",
                        "instances.yaml:14 row 5, column ordinal: 0 is that of row 1 too; count from 0 to 4");
    }

    @Test
    void shouldNameEverythingThatIsMissing() {
        assertThat(refused("kind: cat\n"))
                .containsExactly(
                        "instances.yaml:1 key name: is missing; add it",
                        "instances.yaml:1 key image: is missing; add it",
                        "instances.yaml:1 key storage: is missing; add it",
                        "instances.yaml:1 key load-balancer: is missing; add it",
                        "instances.yaml:1 key cat: is missing; add it",
                        "instances.yaml:1 key instances: there is no instance; add a row for each");
        assertThat(refused(HEAD + "- {roles: [job]}\n-\n- 10.1.1.1\n"))
                .containsExactly(
                        "instances.yaml:7 key instances: no row has the role console: nobody would be there for people to look at;"
                                + " give it to one of them",
                        "instances.yaml:8 row 1, column ordinal: is missing; add it",
                        "instances.yaml:8 row 1, column ip: is missing; add it",
                        "instances.yaml:9 row 2, column: there are no keys with values; write key: value",
                        "instances.yaml:10 row 3, column: there are no keys with values; write key: value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: kafka                        | 1 key kind: 'kafka' is unknown",
                "nmae: cat                          | 1 key nmae: is unknown",
                "name: Cat                          | 1 key name: 'Cat' has 'C'; wanted is the name of a Service",
                "name: a12345678901234567890123456789012345678901234567890123 | 1 key name: 'a1234",
                "name: cat-                         | 1 key name: 'cat-' ends with",
                "image: 'a b'                       | 1 key image: 'a b' is no image",
                "image:                             | 1 key image: is empty",
                "image: {name: cat}                 | 1 key image: is a list or has keys of its own",
                "storage: disk                      | 1 key storage: 'disk' is unknown",
                "storage: {size: big}               | 1 key storage.size: 'big' is no quantity",
                "storage: {class: fast}             | 1 key storage.size: is missing",
                "load-balancer: {kind: f5}          | 1 key load-balancer.kind: 'f5' is unknown; kinds are metallb, openelb, porter, none",
                "load-balancer: {traffic: remote}   | 1 key load-balancer.traffic: 'remote' is unknown; it is cluster, local",
                "ports: [{name: http, port: 70000}] | 1 key ports.port: '70000' is no port",
                "ports: 8080                        | 1 key ports: is no list",
                "ports: [{name: a, port: 1}, {name: a, port: 2}] | 1 key ports: the name or the number of a (2) is there twice",
                "probe: {port: tls}                 | 1 key probe.port: no port is called 'tls'",
                "env: {POD_NAME: me}                | 1 key env.POD_NAME: the template sets it",
                "agent: jar                         | 1 key agent: 'jar' is no path",
                "resources: {cpu: 1}                | 1 key resources.memory: is missing",
                "on-change: never                   | 1 key on-change: 'never' is unknown; it is restart, reread",
                "namespace: My                      | 1 key namespace: 'My'",
            })
    void shouldSayWhatIsWrongWithAKey(String line, String expected) {
        String base = "ports: [{name: http, port: 1}]\n";
        String text = line.startsWith("ports") ? line : line + "\n" + base;

        assertThat(refused(text)).anyMatch(violation -> violation.startsWith("instances.yaml:" + expected));
    }

    @Test
    void shouldRefuseColumnsOfCatForOtherSoftware() {
        assertThat(refused("kind: stateful\ninstances: [{ordinal: 0, ip: 10.1.1.1, roles: [job]}]\ncat: {}\n"))
                .contains(
                        "instances.yaml:2 row 1, column roles: is unknown; known are ip, ordinal",
                        "instances.yaml:1 key ports: is missing; add it")
                .anyMatch(violation -> violation.startsWith("instances.yaml:3 key cat: is unknown"));
    }

    @Test
    void shouldRefuseWhatCatFixes() {
        assertThat(refused("ports: []\non-change: reread\n" + HEAD))
                .contains("instances.yaml:1 key ports: CAT's are 2280 and 8080; leave it out for kind: cat")
                .contains(
                        "instances.yaml:2 key on-change: CAT reads client.xml when it starts; leave it out for kind: cat");
    }

    @Test
    void shouldWantAllOfADatabaseOrNothing() {
        assertThat(refused(
                        HEAD.replace("secret: cat-datasources", "url: 'jdbc:mysql://db/cat', password-variable: a-b")))
                .contains(
                        "instances.yaml:6 key cat.datasource.secret: is missing; add it",
                        "instances.yaml:6 key cat.datasource.user: is missing; add it",
                        "instances.yaml:6 key cat.datasource.password-variable: 'a-b' is no name of a variable: letters, digits"
                                + " and _; name the variable, and not the password");
    }

    @Test
    void shouldRefuseKeysThatAreThereTwice() {
        assertThat(refused("name: a\nname: b\n"))
                .contains("instances.yaml:2 key name: is there twice; leave one of them out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| 1: there is nothing in it",
                "'a: [' | 1: this is no YAML",
                "'- a' | 1 key: there are no keys with values"
            })
    void shouldRefuseWhatIsNoTable(String text, String expected) {
        assertThat(refused(text)).hasSize(1).allMatch(violation -> violation.startsWith("instances.yaml:" + expected));
    }

    @Test
    void shouldMakeNothingOfTags() {
        assertThatThrownBy(() ->
                        InstanceTableReader.read("instances.yaml", "kind: !!javax.script.ScriptEngineManager [x]\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("instances.yaml:1: this is no YAML: Global tag is not allowed");
    }

    @Test
    void shouldStandAnAliasThatNamesItself() {
        assertThat(refused("kind: stateful\ninstances: &all [*all]\n"))
                .contains("instances.yaml:2 row 1, column: there are no keys with values; write key: value");
    }

    private static List<String> refused(String text) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> InstanceTableReader.read("instances.yaml", text));
        return refused.violations().stream().map(Violation::toString).toList();
    }
}
