package io.landfall.catip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar as it is, in JVMs of its own. */
class AgentIT {

    private static final String ADDRESS = "203.0.113.10";
    private static final String NET = "io.landfall.catip.programs.Net";

    private final Path folder;
    private final Path eip;

    AgentIT(@TempDir Path folder) {
        this.folder = folder;
        eip = folder.resolve("eip");
    }

    static Stream<Jvm> jvms() {
        return Jvm.all();
    }

    @BeforeEach
    void writeFile() throws IOException {
        Files.writeString(eip, ADDRESS + ":2280\n");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldSetHostIpAndSayNothing(Jvm jvm) {
        assertThat(jvm.run(List.of(Jvm.agent(eip)), "Show", "host.ip", "my.ip"))
                .isEqualTo(new Jvm.Ended(0, List.of("host.ip=" + ADDRESS, "my.ip=null"), List.of()));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldWorkFromTheEnvironmentAndFromAFolderWithABlank(Jvm jvm) throws IOException {
        Path jar = Files.copy(
                Jvm.AGENT, Files.createDirectory(folder.resolve("a folder%20")).resolve("a.jar"));
        Map<String, String> environment = Map.of(
                "LANDFALL_EIP_FILE",
                eip.toString(),
                "JAVA_TOOL_OPTIONS",
                "\"-javaagent:" + jar + "=properties=host.ip,my.ip\"");

        Jvm.Ended ended =
                jvm.start(environment, List.of(), "Show", "host.ip", "my.ip").end();

        assertThat(ended.out()).containsExactly("host.ip=" + ADDRESS, "my.ip=" + ADDRESS);
        assertThat(ended.err()).singleElement().asString().startsWith("Picked up JAVA_TOOL_OPTIONS");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldKeepAPropertyThatSomebodyElseSet(Jvm jvm) {
        Jvm.Ended ended = jvm.run(
                List.of("-Dhost.ip=198.51.100.1", "-Dmy.ip=", Jvm.agent(eip, "properties=host.ip,my.ip")),
                "Show",
                "host.ip",
                "my.ip");

        assertThat(ended.out()).containsExactly("host.ip=198.51.100.1", "my.ip=" + ADDRESS);
        assertThat(ended.err())
                .containsExactly(
                        "cat-ip-shim: warning: the property host.ip was 198.51.100.1 already and stays so, where " + eip
                                + " says " + ADDRESS + "; do not set it if the file is right");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldWaitForItsFile(Jvm jvm) throws IOException {
        Files.delete(eip);
        Jvm.Running running = jvm.start(
                Map.of("LANDFALL_EIP_FILE", eip.toString()),
                List.of("-javaagent:" + Jvm.AGENT + "=wait=50s"),
                "Show",
                "host.ip");
        String waits = "cat-ip-shim: waiting up to 50000 ms for an address in " + eip;
        await().atMost(Duration.ofSeconds(40)).until(() -> running.errors().contains(waits));
        assertThat(running.process().isAlive()).isTrue();

        Files.writeString(folder.resolve("new"), ADDRESS);
        Files.move(folder.resolve("new"), eip);

        assertThat(running.end()).isEqualTo(new Jvm.Ended(0, List.of("host.ip=" + ADDRESS), List.of(waits)));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldStopTheJvmWithOneSentence(Jvm jvm) throws IOException {
        Path none = folder.resolve("none");
        assertStops(jvm, Jvm.agent(none), "there is no file " + none + " after 0 ms: mount it");

        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertStops(jvm, Jvm.agent(empty), "the file " + empty + " is empty after 0 ms: mount it");

        Path wrong = Files.writeString(folder.resolve("wrong"), "<none>\n");
        assertStops(jvm, Jvm.agent(wrong), "the file " + wrong + " is wrong: '<none>' is no address: write one like");

        assertStops(jvm, Jvm.agent(eip, "wat=1s", "missing=never"), "wrong options: 'wat' is none; missing=never is");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldStopTheJvmWhenTheMethodIsNotThere(Jvm jvm) {
        assertStops(
                jvm,
                Jvm.agent(eip, "method=" + NET + ".ip"),
                "method= cannot be done, as " + NET + " has no method ip() without parameters");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldStopTheJvmWhereCatWouldTakeAnotherAddress(Jvm jvm) throws IOException {
        for (String address : List.of("cat-0.example.com", "2001:db8::7")) {
            Files.writeString(eip, address);
            assertStops(
                    jvm, Jvm.agent(eip), "the property host.ip is CAT's, which takes IPv4 addresses only, and " + eip);
        }
        assertThat(jvm.run(List.of(Jvm.agent(eip, "properties=my.ip")), "Show", "my.ip")
                        .out())
                .containsExactly("my.ip=2001:db8::7");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldStopTheJvmWhereTheApplicationLetsNobodyPrint(Jvm jvm) {
        assertStops(jvm, Jvm.agent(eip, "method=" + NET + ".ip"), "Mute", "method= cannot be done, as " + NET);
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldStopTheJvmWhereAnAgentBeforeItWasFaster(Jvm jvm) throws IOException {
        List<String> options =
                List.of("-javaagent:" + agentThatAsks(), Jvm.agent(eip, "method=" + NET + ".localIp", "properties="));

        Jvm.Ended ended = jvm.run(options, "Net");

        assertThat(ended.err())
                .containsExactly("cat-ip-shim: method= comes too late, as the class " + NET
                        + " was loaded by an agent before this one: name this one first");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldSayWhatJdkLeavesAsItIs(Jvm jvm) throws IOException {
        List<String> options = List.of(
                "-javaagent:" + agentThatAsks(), Jvm.agent(eip, "jdk=io.landfall.catip.programs", "properties="));

        Jvm.Ended ended = jvm.run(options, "Net");

        assertThat(ended.err()).anySatisfy(line -> assertThat(line)
                .startsWith("cat-ip-shim: warning: the class " + NET + " was loaded by an agent before this one"));
        assertThat(ended.status()).isZero();
    }

    /** A jar without classes: its agent is among the programs. */
    private Path agentThatAsks() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "io.landfall.catip.programs.Early");
        Path jar = folder.resolve("early.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldSayThatItsJarIsNotWhole(Jvm jvm) throws IOException {
        Path jar = Files.copy(Jvm.AGENT, folder.resolve("damaged.jar"));
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Files.delete(inside.getPath("landfall/io/landfall/catip/Options.classdata"));
        }

        assertStops(jvm, Jvm.agent(jar, eip), "its jar cannot be read, so get another copy of it: ");
    }

    private static void assertStops(Jvm jvm, String option, String sentence) {
        assertStops(jvm, option, "Net", sentence);
    }

    private static void assertStops(Jvm jvm, String option, String program, String sentence) {
        Jvm.Ended ended = jvm.run(List.of(option), program);

        assertThat(ended.err()).singleElement().asString().startsWith("cat-ip-shim: " + sentence);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldGoOnUnchangedWhereThatIsAllowed(Jvm jvm) {
        String option = Jvm.agent(folder.resolve("none"), "missing=ignore", "method=" + NET + ".localIp");

        Jvm.Ended ended = jvm.run(List.of(option), "Net");

        assertThat(ended.out()).containsExactly("own", "127.0.0.1");
        assertThat(ended.status()).isZero();
        assertThat(ended.err()).singleElement().asString().startsWith("cat-ip-shim: warning: there is no file ");
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldHaveNamedMethodsReturnTheAddress(Jvm jvm) {
        String option = Jvm.agent(eip, "method=" + NET + ".localIp," + NET + ".address");

        assertThat(jvm.run(List.of(option), "Net")).isEqualTo(new Jvm.Ended(0, List.of(ADDRESS, ADDRESS), List.of()));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldAnswerCallsToTheJdkInNamedPackagesOnly(Jvm jvm) {
        String option = Jvm.agent(eip, "properties=", "jdk=io.landfall.catip.programs.inside");

        Jvm.Ended ended = jvm.run(List.of(option), "inside.Asks");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().stream()
                        .filter(line -> line.startsWith("inside"))
                        .distinct())
                .containsExactly("inside " + ADDRESS);
        assertThat(ended.out().stream().filter(line -> line.startsWith("outside")))
                .hasSizeGreaterThan(1)
                .doesNotContain("outside " + ADDRESS);
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void shouldShowTheApplicationNoClassButOne(Jvm jvm) {
        String option = Jvm.agent(eip, "method=" + NET + ".localIp");
        String[] classes = {
            "io.landfall.catip.Agent",
            "io.landfall.catip.Start",
            "io.landfall.catip.Address",
            "io.landfall.catip.package-info",
            "io.landfall.catip.asm.Rewriter",
            "org.objectweb.asm.ClassReader",
            "org.jspecify.annotations.Nullable"
        };

        List<String> seen = jvm.run(List.of(option), "Load", classes).out();

        assertThat(seen.get(0)).isEqualTo("io.landfall.catip.Agent=true");
        assertThat(seen.subList(1, seen.size())).hasSize(6).allMatch(line -> line.endsWith("=false"));
    }
}
