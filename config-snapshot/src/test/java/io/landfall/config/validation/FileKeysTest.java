package io.landfall.config.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.landfall.config.SnapshotFile;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FileKeysTest {

    /** At the end, Java takes it for an entry without key and value, and nobody means that. */
    private static final Pattern LONE_BACKSLASH = Pattern.compile("(^|[\\r\\n])[ \\t\\f]*\\\\[\\r\\n]?\\z");

    @Test
    void shouldReadPropertiesAsJavaDoes() throws IOException {
        String[] pieces = {
            "a", "b", "=", ":", " ", "\t", "\f", "\n", "\r", "\r\n", "\\", "\\\n", "\\\r\n", "#", "!", "\\u0041", "\\t",
            "ü"
        };
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            if (LONE_BACKSLASH.matcher(text).find()) {
                continue;
            }
            Properties properties = new Properties();
            properties.load(new StringReader(text.toString()));

            Map<String, String> read = new TreeMap<>();
            keys("a.properties", text.toString()).forEach(k -> read.put(k.key(), k.value()));

            assertThat(read).as(text.toString()).isEqualTo(new TreeMap<Object, Object>(properties));
        }
    }

    @Test
    void shouldKnowTheLinesOfProperties() {
        assertThat(keys("a.properties", "\n# x\\\na = 1\\\n  2\r\n\r\n  b:3\rc\n"))
                .containsExactly(new KeyLine("a", 3, "12"), new KeyLine("b", 6, "3"), new KeyLine("c", 7, ""));
    }

    @Test
    void shouldFlattenYaml() {
        String text = """
                a:
                  b: [x, {c: 1}]
                  d: {}
                  e: []
                  f:
                text: |
                  one
                  two
                ---
                a: 2
                """;

        assertThat(keys("a.yaml", text))
                .containsExactly(
                        new KeyLine("a.b[0]", 2, "x"),
                        new KeyLine("a.b[1].c", 2, "1"),
                        new KeyLine("a.d", 3, "{}"),
                        new KeyLine("a.e", 4, "[]"),
                        new KeyLine("a.f", 5, "null"),
                        new KeyLine("text", 6, "one\ntwo\n"),
                        new KeyLine("a", 10, "2"));
    }

    @Test
    void shouldUnfoldMergesAsApplicationsSeeThem() {
        String text = """
                base: &base {user: root, password: x}
                more: &more {user: other, port: 1}
                one: {<<: *base, user: me}
                two: {<<: [*base, *more]}
                alias: *more
                """;

        assertThat(keys("a.yaml", text))
                .filteredOn(k -> !k.key().startsWith("base") && !k.key().startsWith("more"))
                .extracting(k -> k.key() + "=" + k.value())
                .containsExactly(
                        "one.user=me",
                        "one.password=x",
                        "two.user=root",
                        "two.password=x",
                        "two.port=1",
                        "alias.user=other",
                        "alias.port=1");
    }

    @Test
    void shouldFlattenJson() {
        assertThat(keys("a.json", "{\"a\": [1,\n{\"b\": true}, [], {}],\n\"c.d\": null}"))
                .containsExactly(
                        new KeyLine("a[0]", 1, "1"),
                        new KeyLine("a[1].b", 2, "true"),
                        new KeyLine("a[2]", 2, "[]"),
                        new KeyLine("a[3]", 2, "{}"),
                        new KeyLine("c.d", 3, "null"));
        assertThat(keys("a.json", "[\"x\"]")).containsExactly(new KeyLine("[0]", 1, "x"));
        assertThat(keys("a.json", "7")).containsExactly(new KeyLine("", 1, "7"));
    }

    @Test
    void shouldNameXmlByElementsAndTheirNames() {
        assertThat(keys("a.xml", "<a>\n<property name='db.user' value='x'/>\n<b> y </b></a>"))
                .containsExactly(
                        new KeyLine("a.property.name", 2, "db.user"),
                        new KeyLine("a.property.db.user", 2, ""),
                        new KeyLine("a.property.value", 2, "x"),
                        new KeyLine("a.property", 2, ""),
                        new KeyLine("a.b", 3, "y"),
                        new KeyLine("a", 1, ""));
    }

    @Test
    void shouldHaveWhatComesBeforeAMistake() {
        FileKeys keys = FileKeys.of(SnapshotFile.of("a.json", "{\"a\": 1, \"b\": }"));

        assertThat(keys.wellFormed()).isFalse();
        assertThat(keys.keys()).containsExactly(new KeyLine("a", 1, "1"));
    }

    @Test
    void shouldNotTellValuesToLogs() {
        assertThat(new KeyLine("a.b", 3, "geheim")).hasToString("a.b on line 3");
    }

    private static List<KeyLine> keys(String name, String text) {
        return FileKeys.of(SnapshotFile.of(name, text)).keys();
    }
}
