package io.landfall.config.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.landfall.config.FileName;
import io.landfall.config.SnapshotFile;
import io.landfall.config.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatCheckTest {

    private static final String BOMB = """
            a: &a [x, x, x, x, x, x, x, x, x, x]
            b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
            c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
            d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
            e: &e [*d, *d, *d, *d, *d, *d, *d, *d]
            f: &f [*e, *e, *e, *e, *e, *e, *e, *e]
            g: &g [*f, *f, *f, *f, *f, *f, *f, *f]
            """;

    @Test
    void shouldTakeWhatIsWellFormed() {
        assertThat(problems("a.properties", "# comment\na=1\nb : 2\\\n  3\n\nc\n"))
                .isEmpty();
        assertThat(problems("a.yaml", "a: 1\n---\na: 2\nb: [1, {c: 2024-01-01}]\n"))
                .isEmpty();
        assertThat(problems("a.yml", "")).isEmpty();
        assertThat(problems("a.json", "{\"a\": [1, {}, null], \"b\": {\"a\": 2}}\n"))
                .isEmpty();
        assertThat(problems("a.xml", "<?xml version=\"1.0\"?><a b='1'><c/><c/>&amp;</a>"))
                .isEmpty();
        assertThat(problems("a.txt", "\0 anything: [")).isEmpty();
        assertThat(problems("a.yaml", "\uFEFFa: 1\n")).isEmpty();
    }

    @Test
    void shouldNameBothLinesOfAKeyThatIsThereTwice() {
        assertThat(problems("a.properties", "a=1\nb=2\n\na=3\n"))
                .containsExactly("a.properties:4: the key 'a' is on line 1 already; leave one of them out");
        assertThat(problems("a.yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n"))
                .containsExactly("a.yaml:4: the key 'a.b' is on line 2 already; leave one of them out");
        assertThat(problems("a.json", "{\"a\": {\n\"b\": 1,\n\"b\": 2}}"))
                .containsExactly("a.json:3: the key 'a.b' is on line 2 already; leave one of them out");
    }

    @Test
    void shouldSayEverythingAtOnce() {
        assertThat(problems("a.properties", "a=\\u12g4\n=x\na=2\nb\\nc=3\nd=\\u00\n"))
                .containsExactly(
                        "a.properties:1: a \\u is not followed by four hexadecimal digits; write \\\\ for a backslash",
                        "a.properties:2: a key is empty; name it",
                        "a.properties:3: the key 'a' is on line 1 already; leave one of them out",
                        "a.properties:4: the key 'b?c' has a control character; name it without",
                        "a.properties:5: a \\u is not followed by four hexadecimal digits; write \\\\ for a backslash");
    }

    @Test
    void shouldFindEmptyKeysAndControlCharactersInEachFormat() {
        assertThat(problems("a.yaml", "a:\n  '': 1\n")).containsExactly("a.yaml:2: a key is empty below 'a'; name it");
        assertThat(problems("a.yaml", "\"a\\tb\": 1\n"))
                .containsExactly("a.yaml:1: the key 'a?b' has a control character; name it without");
        assertThat(problems("a.json", "{\"\": 1, \"x\\u0000\": 2}"))
                .containsExactly(
                        "a.json:1: a key is empty; name it",
                        "a.json:1: the key 'x?' has a control character; name it without");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p: *geheim",
                "p: !geheim x",
                "p: !!geheim.Type [x]",
                "p: @geheim",
                "p: `geheim",
                "p: %geheim",
                "p: geheim: x",
                "p: \"geheim",
                "p: 'geheim'geheim",
                "p: \"\\geheim\"",
                "p: [geheim",
                "p: {geheim: x]",
                "p: |9x geheim",
                "p: &geheim",
                "p: &a [*a, geheim]",
                "p: geheim\n q: x",
                "p: x\n\tq: geheim",
                "geheim",
                "? [geheim]\n: x",
                "<<: geheim",
                "p: \u0007geheim"
            })
    void shouldNeverQuoteYaml(String text) {
        List<String> problems = problems("a.yaml", "a: 1\n" + text + "\n");

        if (!text.startsWith("p: &geheim")) {
            assertThat(problems).isNotEmpty();
        }
        assertThat(problems).allMatch(p -> p.matches("a\\.yaml:[23]: .+; .+")).noneMatch(p -> p.contains("geheim"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geheim",
                "{\"p\": geheim}",
                "{\"p\": \"geheim}",
                "{\"p\": \"\\geheim\"}",
                "{\"p\": 'geheim'}",
                "{\"p\": \"geheim\"",
                "{\"p\": \"geheim\",}",
                "{\"p\": \"geheim\"} geheim",
                "{\"p\": \"a\"} {\"geheim\": 1}",
                "{\"p\": 1} // geheim",
                "{\"p\": 01geheim}",
                "{\"p\": NaN, \"geheim\": 2}",
                ""
            })
    void shouldNeverQuoteJson(String text) {
        assertThat(problems("a.json", text))
                .hasSize(1)
                .allMatch(p -> p.matches("a\\.json:1: .+; .+"))
                .noneMatch(p -> p.contains("geheim"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geheim",
                "<p>geheim</q>",
                "<p>a&geheim</p>",
                "<p>a&geheim;</p>",
                "<p a=geheim/>",
                "<p a='geheim/>",
                "<p/>geheim",
                "<p><geheim</p>",
                "<!DOCTYPE p [<!ENTITY geheim SYSTEM 'file:///etc/passwd'>]><p>&geheim;</p>",
                "<!DOCTYPE p SYSTEM 'http://127.0.0.1:1/geheim'><p/>",
                ""
            })
    void shouldNeverQuoteXml(String text) {
        assertThat(problems("a.xml", text))
                .hasSize(1)
                .allMatch(p -> p.matches("a\\.xml:1: .+; .+"))
                .noneMatch(p -> p.contains("geheim") || p.contains("root:"));
    }

    @Test
    void shouldSayThatADoctypeIsNotTaken() {
        assertThat(problems("a.xml", "<?xml version='1.0'?>\n<!DOCTYPE a>\n<a/>"))
                .containsExactly("a.xml:2: it has a DOCTYPE, which could fetch files and unfold without end;"
                        + " correct it there or in the lines before");
    }

    @Test
    void shouldNotUnfoldAnchorsWithoutEnd() {
        assertThat(problems("a.yaml", BOMB))
                .containsExactly("a.yaml:1: it has more than 1000000 values; split it, or unfold fewer anchors");
        assertThat(problems("a.yaml", "a: &a {x: 1}\nb: [" + "*a, ".repeat(60) + "*a]\n"))
                .singleElement()
                .asString()
                .contains("anchors of maps or lists more than 50 times");
        assertThat(problems("a.yaml", "a: &a\n  <<: *a\n  b: 1\n"))
                .singleElement()
                .asString()
                .contains("an anchor contains itself");
    }

    @Test
    void shouldNotNestWithoutEnd() {
        assertThat(problems("a.yaml", "[".repeat(10_000)))
                .singleElement()
                .asString()
                .contains("50 levels");
        assertThat(problems("a.json", "[".repeat(10_000)))
                .singleElement()
                .asString()
                .contains("200 levels");
        assertThat(problems("a.json", "{\"a\":".repeat(5) + "1" + "}".repeat(5)))
                .isEmpty();
        String deep = "{\"" + "a".repeat(1000) + "\":";
        assertThat(problems("a.json", deep.repeat(5) + "1" + "}".repeat(5)))
                .singleElement()
                .asString()
                .contains("4096 characters");
    }

    @Test
    void shouldFindTheLineThatIsNotUtf8() {
        byte[] latin = "a=1\nb=ü\n".getBytes(StandardCharsets.ISO_8859_1);
        String many = "a=" + "x".repeat(10_000) + "\n";

        assertThat(problems(SnapshotFile.of(new FileName("a.properties"), latin)))
                .containsExactly("a.properties:2: it is not UTF-8 from here on; save the file in that encoding");
        assertThat(problems(
                        SnapshotFile.of(new FileName("a.yaml"), (many + "ü").getBytes(StandardCharsets.ISO_8859_1))))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:");
        assertThat(problems(SnapshotFile.of(new FileName("a.bin"), latin))).isEmpty();
    }

    @Test
    void shouldRefuseAKeyThatWasPastedWithoutBackslashes() {
        assertThat(problems("a.properties", "key=-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"))
                .containsExactly("a.properties:1: the value of 'key' is the first line of a PEM block;"
                        + " end each line but the last with \\n\\");
    }

    @Test
    void shouldSayHowLargeIsTooLarge() {
        SizeCheck check = new SizeCheck(3, 5);
        SnapshotFile small = SnapshotFile.of("a.txt", "abc");
        SnapshotFile large = SnapshotFile.of("b.txt", "abcd");

        assertThat(check.checkTogether(List.of(small))).isEmpty();
        assertThat(check.checkTogether(List.of(small, large)))
                .extracting(Violation::place, Violation::problem)
                .containsExactly(
                        tuple("b.txt", "it has 4 bytes, more than 3"),
                        tuple("all files", "together they have 7 bytes, more than 5"));
        assertThat(Checks.all(check, new FormatCheck()).checkTogether(List.of(SnapshotFile.of("a.json", "{{{{{{"))))
                .hasSize(3);
        assertThat(Checks.standard().check(SnapshotFile.of("a.json", "{}"))).isEmpty();
    }

    private static List<String> problems(String name, String text) {
        return problems(SnapshotFile.of(name, text));
    }

    private static List<String> problems(SnapshotFile file) {
        return new FormatCheck().check(file).stream().map(Violation::toString).toList();
    }
}
