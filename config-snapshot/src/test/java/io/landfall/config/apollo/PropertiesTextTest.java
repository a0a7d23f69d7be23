package io.landfall.config.apollo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTextTest {

    /** What matters to the format, to its lines, or to UTF-8. */
    private static final String NASTY =
            "\\\n\r\t\f =:#!ab中é\0\u000B\u001B\u007F\u0085\u00A0\u2028\u2029\uFEFF\uD83D\uDE00\uD800";

    @Test
    void shouldKeepOrderAndCharacters() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("timeout", "5000");
        values.put("greeting", "你好 ${name}\nline2");

        assertThat(PropertiesText.of(values, Map.of("timeout", "毫秒, RPC timeout")))
                .isEqualTo("# 毫秒, RPC timeout\ntimeout=5000\ngreeting=你好 ${name}\\nline2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\nevil=1",
                "one\r\nevil=1",
                "one\revil=1",
                "one\fevil=1",
                "one\u0085evil=1",
                "one\u2028evil=1",
                "ends with a backslash\\",
                "\\\nevil=1",
                "\n\n\n",
                "  \n evil=1",
                "\uFEFFevil=1",
                "---",
                "a\u0000b\u001B[31m"
            })
    void shouldNeverMakeAKeyOfAComment(String comment) throws IOException {
        String text = PropertiesText.of(Map.of("key", "value"), Map.of("key", comment));

        assertThat(read(text)).containsExactly(Map.entry("key", "value"));
        assertThat(text.lines().filter(line -> !line.equals("key=value")))
                .allMatch(line -> line.equals("#") || line.startsWith("# "));
    }

    @Test
    void shouldBeReadBackWhateverIsInKeysAndValues() throws IOException {
        Random random = new Random(20261122);
        for (int i = 0; i < 2_000; i++) {
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> comments = new LinkedHashMap<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                String key = any(random);
                values.put(key, any(random));
                comments.put(key, any(random));
            }
            String text = PropertiesText.of(values, comments);

            assertThat(read(stored(text))).isEqualTo(values);
        }
    }

    /** As it comes out of a file. */
    private static String stored(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String any(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            text.append(NASTY.charAt(random.nextInt(NASTY.length())));
        }
        return text.toString();
    }

    private static Map<String, String> read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> values = new LinkedHashMap<>();
        properties.forEach((key, value) -> values.put((String) key, (String) value));
        return values;
    }
}
