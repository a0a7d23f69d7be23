package io.landfall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.landfall.config.layout.StoredForm;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Damages stored snapshots by a bit, for tests of stores: {@link #of} says where, and {@link Flip#shouldBeRefused} what must come of it. */
public final class ByteFlips {

    /** Larger keys are not damaged at each byte, but at so many places, the first and the last among them. */
    private static final int MOST_PLACES = 4096;

    private static final int MANY = 512;

    private ByteFlips() {}

    /** One for each byte of each key; of large keys some. */
    public static Stream<Flip> of(Map<String, byte[]> data) {
        return new TreeMap<>(data).entrySet().stream().flatMap(e -> places(e.getValue().length)
                .mapToObj(at -> new Flip(e.getKey(), at, 1 << (at % 8))));
    }

    /** Reads the stored form with each bit of each byte flipped. */
    public static void shouldAllBeRefused(Map<String, byte[]> data) {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            int turned = bit;
            of(data).map(f -> new Flip(f.key(), f.at(), 1 << ((f.at() + turned) % 8)))
                    .forEach(f -> f.shouldBeRefused(() -> StoredForm.read(f.in(data))));
        }
    }

    private static IntStream places(int length) {
        return length <= MOST_PLACES
                ? IntStream.range(0, length)
                : IntStream.concat(
                        IntStream.range(0, MANY).map(i -> (int) ((long) i * length / MANY)), IntStream.of(length - 1));
    }

    /**
     * One bit.
     *
     * @param key of which key
     * @param at of which byte
     * @param mask which one
     */
    public record Flip(String key, int at, int mask) {

        /** These keys, one of them damaged. */
        public Map<String, byte[]> in(Map<String, byte[]> data) {
            Map<String, byte[]> damaged = new HashMap<>(data);
            damaged.computeIfPresent(key, (k, bytes) -> in(bytes));
            return damaged;
        }

        /** These bytes, one of them damaged. */
        public byte[] in(byte[] bytes) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) mask;
            return damaged;
        }

        /** Reading what is damaged must fail, and say in which file. */
        public void shouldBeRefused(ThrowingCallable reading) {
            assertThat(catchThrowable(reading))
                    .as("%s", this)
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining(named());
        }

        private String named() {
            return key.startsWith("manifest.")
                    ? "manifest."
                    : FileName.ofKey(key.replaceFirst("_p[0-9]{4}$", "")).path();
        }
    }
}
