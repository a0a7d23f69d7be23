package io.landfall.catip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.landfall.registry.ExternalAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    private static final List<String> ADDRESSES = List.of(
            "203.0.113.10",
            "203.0.113.10:20880",
            "[2001:db8::7]:20880",
            "2001:db8::7",
            "::ffff:203.0.113.10",
            "1:2:3:4:5:6:7:8",
            "cat-0.example.com",
            "cat-0.example.com:2280",
            "localhost");

    @ParameterizedTest
    @CsvSource({
        "203.0.113.10, 203.0.113.10, true",
        "' 203.0.113.10:20880 ', 203.0.113.10, true",
        "[2001:db8::7]:20880, 2001:db8::7, true",
        "2001:db8::7, 2001:db8::7, true",
        "cat-0.example.com:2280, cat-0.example.com, false"
    })
    void shouldReadTheHost(String text, String host, boolean numeric) {
        assertThat(Address.parse(text).host()).isEqualTo(host);
        assertThat(Address.parse(text).numeric()).isEqualTo(numeric);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.256",
                "203.0.113",
                "010.1.2.3",
                "10.1.2.3:0",
                "10.1.2.3:",
                "a b",
                "user@host",
                "fe80::1%eth0"
            })
    void shouldRefuseWhatIsNone(String text) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(ShimException.class)
                .hasMessageStartingWith("'" + text + "' is no address");
    }

    @Test
    void shouldRefuseAWildcard() {
        assertThatThrownBy(() -> Address.parse("*.cat.example.com")).hasMessageContaining("stands for many names");
    }

    @Test
    void shouldShowOneShortLineOfWhateverWasMounted() {
        assertThatThrownBy(() -> Address.parse("x\u001b[31m" + "x".repeat(1000)))
                .message()
                .hasSizeLessThan(200)
                .startsWith("'x?[31mxxx")
                .contains("xxx...' is no address");
    }

    /** Two modules read one file. */
    @Test
    void shouldReadWhatServiceRegistryReads() {
        List<String> texts = new ArrayList<>(ADDRESSES);
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            texts.add(mutated(ADDRESSES.get(random.nextInt(ADDRESSES.size())), random));
        }

        texts.removeIf(text -> text.trim().startsWith("*."));
        assertThat(texts.stream().filter(text -> !ours(text).equals(theirs(text))))
                .isEmpty();
        assertThat(texts.stream().filter(text -> ours(text).isPresent())).hasSizeBetween(1_000, 9_000);
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        String letters = "019afg.:-[]%@/* _";
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(mutated.length());
            String letter = String.valueOf(letters.charAt(random.nextInt(letters.length())));
            mutated.replace(at, at + random.nextInt(2), letter.repeat(random.nextInt(20) == 0 ? 64 : 1));
        }
        return mutated.toString();
    }

    private static Optional<String> ours(String text) {
        return Stream.of(text).flatMap(AddressTest::parsed).findFirst();
    }

    private static Stream<String> parsed(String text) {
        try {
            return Stream.of(Address.parse(text).host());
        } catch (ShimException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> theirs(String text) {
        try {
            return Optional.of(ExternalAddress.parse(text).host());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
