package io.landfall.config.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesReaderTest {

    private static final String CHARACTERS = "aab  =:#![].\t\f\r\n\nü\\u0";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b",
                "a = b \r\nc:d\re f",
                " \t\f a \t=\f b=c: \n",
                "# a=b\n ! c=d\ne",
                "=a\n:b\n : = c",
                "a==b\nc=:d\ne = = f",
                "a=b\na=c",
                "a\\=b=c\\\n  d\n#e\\\nf=g",
                "數=值"
            })
    void shouldReadWhatTheJdkReads(String text) throws IOException {
        assertThat(PropertiesReader.read(text)).isEqualTo(jdk(text));
    }

    @Test
    void shouldReadWhatTheJdkReadsOfAnything() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(24), 0, CHARACTERS.length())
                    .mapToObj(at -> CHARACTERS.substring(at, at + 1))
                    .collect(Collectors.joining());
            if (!text.contains("[]") && !text.contains("\\u")) {
                assertThat(PropertiesReader.read(text)).as(text).isEqualTo(jdk(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[/admin/**]=a\n[/**]=b\nz=c\nb=d\na=e", "[/admin/**]=a\n[/**]=\\\nb\nz=c\nb=d\na=e"})
    void shouldKeepTheOrderOfTheFile(String text) throws IOException {
        assertThat(Objects.requireNonNull(PropertiesReader.read(text)).keySet())
                .containsExactly("[/admin/**]", "[/**]", "z", "b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b\n#---\nc=d", " !---", "a[]=b", "a[]:b\\\nc", "#---\\"})
    void shouldLeaveToBootWhatOnlyBootKnows(String text) throws IOException {
        assertThat(PropertiesReader.read(text)).isNull();
    }

    private static Map<String, Object> jdk(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, Object> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}
