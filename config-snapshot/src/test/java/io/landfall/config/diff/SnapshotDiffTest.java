package io.landfall.config.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.FileName;
import io.landfall.config.Snapshot;
import io.landfall.config.SnapshotFile;
import io.landfall.config.SnapshotId;
import io.landfall.config.validation.SecretKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotDiffTest {

    @Test
    void shouldShowLinesWithThoseAroundThem() {
        SnapshotDiff diff = between(
                List.of(SnapshotFile.of("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n"), SnapshotFile.of("b.txt", "x")),
                List.of(SnapshotFile.of("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 6\n"), SnapshotFile.of("c.txt", "y")));

        assertThat(diff.render()).isEqualTo("""
                --- a/a.yaml
                +++ b/a.yaml
                @@ -2,4 +2,4 @@
                 b: 2
                 c: 3
                 d: 4
                -e: 5
                +e: 6
                --- a/b.txt
                +++ /dev/null
                @@ -1,1 +1,0 @@
                -x
                --- /dev/null
                +++ b/c.txt
                @@ -1,0 +1,1 @@
                +y
                """);
        assertThat(diff.files())
                .extracting(f -> f.name() + " " + f.kind())
                .containsExactly("a.yaml CHANGED", "b.txt REMOVED", "c.txt ADDED");
        assertThat(diff.summary()).isEqualTo("changed a.yaml +1 -1\nremoved b.txt +0 -1\nadded   c.txt +1 -0\n");
    }

    @Test
    void shouldBeEmptyForTheSame() {
        List<SnapshotFile> files = List.of(SnapshotFile.of("a.yaml", "a: 1"));

        assertThat(between(files, files).isEmpty()).isTrue();
        assertThat(between(files, files).render()).isEmpty();
    }

    @Test
    void shouldTakeEverythingForNewWhereNothingWasBefore() {
        SnapshotDiff diff =
                SnapshotDiff.between(Optional.empty(), snapshot(List.of(SnapshotFile.of("a.txt", "x\ny\n"))));

        assertThat(diff.files()).singleElement().satisfies(f -> {
            assertThat(f.kind()).isEqualTo(FileDiff.Kind.ADDED);
            assertThat(f.lines()).contains("+x", "+y");
        });
    }

    @Test
    void shouldMaskSecretsAndShowThatTheyChanged() {
        SnapshotDiff diff = between(
                marked("a.properties", "# old\nuser=me\npassword=geheim1\ntoken=same9\nport=1\n"),
                marked("a.properties", "user=me\npassword=geheim2\ntoken=same9\nport=2\napi.key=geheim3\n"));

        assertThat(diff.render()).isEqualTo("""
                --- a/a.properties
                +++ b/a.properties
                # changed: key by key, secrets are masked; secret now: api.key
                @@ -1,4 +1,5 @@
                 user = me
                -password = ******
                +password = ****** (changed)
                 token = ******
                -port = 1
                +port = 2
                +api.key = ******
                """);
    }

    @Test
    void shouldMaskOnBothSidesWhatIsSecretOnOne() {
        List<SnapshotFile> plain = List.of(SnapshotFile.of("a.properties", "pin=geheim1\nport=1\n"));
        List<SnapshotFile> secret =
                List.of(SnapshotFile.of("a.properties", "pin=geheim2\nport=1\n").withSecretKeys(List.of("pin")));

        assertThat(between(plain, secret).render()).contains("****** (changed)").doesNotContain("geheim");
        assertThat(between(secret, plain).render()).contains("****** (changed)").doesNotContain("geheim");
        assertThat(between(secret, plain).render()).contains("not secret any more: pin");
    }

    @Test
    void shouldMaskASecretThatIsInAnotherValueToo() {
        SnapshotDiff diff = between(
                marked("a.properties", "password=geheim\n"),
                marked("a.properties", "passwort=geheim\nurl=x-geheim-y\nport=1\n"));

        assertThat(diff.render())
                .contains("+passwort = ******", "+url = ******", "+port = 1")
                .doesNotContain("geheim");
    }

    @Test
    void shouldMaskWhatIsBelowASecretKey() {
        SnapshotFile before = SnapshotFile.of("a.yaml", "vault: {a: geheim1, b: [geheim2]}\nvaults: 1\n");
        SnapshotFile after = SnapshotFile.of("a.yaml", "vault: {a: geheim3, b: [geheim2]}\nvaults: 2\n");
        List<String> keys = List.of("vault");

        assertThat(between(List.of(before.withSecretKeys(keys)), List.of(after.withSecretKeys(keys)))
                        .render())
                .contains("+vault.a = ****** (changed)", " vault.b[0] = ******", "+vaults = 2")
                .doesNotContain("geheim");
    }

    @Test
    void shouldShowNothingOfAFileWhoseSecretsItCannotTell() {
        for (SnapshotFile file : List.of(
                SnapshotFile.of("a.txt", "geheim1").withSecretKeys(List.of(SnapshotFile.WHOLE)),
                SnapshotFile.of("a.xml", "<a>geheim1</a>").withSecretKeys(List.of("a")),
                SnapshotFile.of("a.yaml", "a: geheim1\nb: [geheim2").withSecretKeys(List.of("a")),
                SnapshotFile.of("a.yaml", "a: geheim1").withSecretKeys(List.of("/a")),
                SnapshotFile.of("a.properties", "a=geheim1\nb=\\u1").withSecretKeys(List.of("a")))) {
            SnapshotFile plain = SnapshotFile.of(file.name(), "x".getBytes(StandardCharsets.UTF_8));

            assertThat(between(List.of(file), List.of(plain)).render())
                    .contains("# changed: secret, not shown")
                    .doesNotContain("geheim");
            assertThat(between(List.of(plain), List.of(file)).render()).doesNotContain("geheim");
            assertThat(between(List.of(file), List.of()).render()).doesNotContain("geheim");
            assertThat(between(List.of(), List.of(file)).render())
                    .contains("# added: secret, not shown")
                    .doesNotContain("geheim");
        }
    }

    @Test
    void shouldNotLetAnyPieceOfASecretThrough() {
        List<String> secrets = List.of(
                "QZXJVKWYQPLM",
                "QZXJ VKWY=QPLM",
                "QZXJ: VKWY #QPLM",
                "QZXJ\\\\VKWY\\\"QPLM",
                "-----BEGIN QZXJVKWYQPLM");
        List<SnapshotFile> files = new ArrayList<>();
        for (String secret : secrets) {
            String lines = "QZXJVKWY\n    QPLMQZXJ\n\n    VKWYQPLM\n";
            files.add(SnapshotFile.of(
                    "p.properties", "password=" + secret + "\\n\\\n  VKWYQPLM\\\n\\\n  QPLM -----END x\nother=1\n"));
            files.add(SnapshotFile.of("p.properties", "x=1\npassword:\\\n\t" + secret + " -----END x\n"));
            files.add(SnapshotFile.of("y.yaml", "a:\n  password: |\n    " + lines + "other: 1\n"));
            files.add(SnapshotFile.of("y.yaml", "a:\n  password: >-\n    " + lines + "other: 1\n"));
            files.add(SnapshotFile.of("y.yaml", "a:\n  password: \"" + secret + "\n\n    VKWYQPLM\\\n    QPLM\"\n"));
            files.add(SnapshotFile.of(
                    "y.yaml", "a:\n  password: 'QZXJ\n    VKWY'\n  tokens:\n  - QPLM\n  - {x: VKWY}\n"));
            files.add(SnapshotFile.of(
                    "y.yaml", "a:\n  password: &p QZXJVKWY\n  copy: *p\nx: &m {token: QPLMQZXJ}\ny: {<<: *m}\n"));
            files.add(
                    SnapshotFile.of("y.yaml", "password: QZXJVKWY # QPLMVKWY\n# QPLMVKWY\n---\npassword: VKWYQPLM\n"));
            files.add(SnapshotFile.of(
                    "j.json", "{\"password\":\n\"" + secret + "\", \"tokens\": [\"QZXJ\", {\"a\": \"VKWY\"}]}"));
            files.add(SnapshotFile.of("x.xml", "<a><password>\nQZXJ\nVKWY</password><b c='QPLM'/></a>"));
        }
        List<SnapshotFile> marked =
                files.stream().map(SecretKeys.standard()::mark).toList();
        assertThat(marked).allMatch(SnapshotFile::secret);
        for (SnapshotFile one : marked) {
            for (SnapshotFile other : marked) {
                if (one.name().equals(other.name())) {
                    assertSilent(between(List.of(one), List.of(other)), one);
                }
            }
            assertSilent(between(List.of(one), List.of()), one);
            assertSilent(between(List.of(), List.of(one)), one);
            assertSilent(between(List.of(SnapshotFile.of(one.name(), new byte[0])), List.of(one)), one);
        }
    }

    private static void assertSilent(SnapshotDiff diff, SnapshotFile file) {
        String shown = (diff.render() + diff.summary() + diff).toUpperCase(Locale.ROOT);
        for (String piece : Arrays.asList(
                "QZX", "XJV", "VKW", "KWY", "QPL", "PLM", file.sha256().substring(0, 6))) {
            assertThat(shown).doesNotContain(piece.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void shouldSayWhatLinesDoNotShow() {
        assertThat(remark(SnapshotFile.of("a.txt", "x\ny\n"), SnapshotFile.of("a.txt", "x\r\ny\r\n")))
                .isEqualTo("only line ends or a byte order mark are different");
        assertThat(remark(
                        marked("a.yaml", "password: x").get(0),
                        marked("a.yaml", "password: 'x'").get(0)))
                .isEqualTo("only what is around its keys and values is different");
        assertThat(remark(SnapshotFile.of("a.bin", "\0"), SnapshotFile.of("a.bin", "\0\0")))
                .startsWith("no text: 1 bytes, sha256 6e340b9cffb3 -> 2 bytes, sha256 ");
        assertThat(remark(
                        SnapshotFile.of(new FileName("a.txt"), new byte[] {(byte) 0xff}),
                        SnapshotFile.of("a.txt", "x")))
                .startsWith("no text: ");
        assertThat(remark(SnapshotFile.of("a.txt", "x\n".repeat(30_000)), SnapshotFile.of("a.txt", "x")))
                .startsWith("too long to show: ");
        assertThat(remark(
                        SnapshotFile.of("a.txt", "x"),
                        SnapshotFile.of("a.txt", "x").withSecretKeys(List.of(SnapshotFile.WHOLE))))
                .isEqualTo("secret, not shown; secret now: all of it");
    }

    @Test
    void shouldNotSendControlCharactersToTerminals() {
        assertThat(between(List.of(), List.of(SnapshotFile.of("a.txt", "a\u001b[2Jb\tc\u202e")))
                        .render())
                .contains("+a\\u001B[2Jb\tc\\u202E\n");
    }

    private static String remark(SnapshotFile before, SnapshotFile after) {
        FileDiff diff = between(List.of(before), List.of(after)).files().get(0);
        assertThat(diff.lines()).isEmpty();
        return diff.remark();
    }

    private static List<SnapshotFile> marked(String name, String text) {
        return List.of(SecretKeys.standard().mark(SnapshotFile.of(name, text)));
    }

    private static SnapshotDiff between(List<SnapshotFile> before, List<SnapshotFile> after) {
        return SnapshotDiff.between(Optional.of(snapshot(before)), snapshot(after));
    }

    private static Snapshot snapshot(List<SnapshotFile> files) {
        return Snapshot.builder(SnapshotId.of("orders", "1.0")).files(files).build();
    }
}
