package io.landfall.examples.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Percentiles of a run, and the histogram they come from, since percentiles of two callers cannot be averaged.
 *
 * @param p50Millis half of the calls took no longer
 * @param p99Millis 99% took no longer
 * @param p999Millis 99.9% took no longer
 * @param maxMillis the longest
 * @param histogram microseconds, HdrHistogram's compressed form in Base64
 */
public record Latencies(double p50Millis, double p99Millis, double p999Millis, double maxMillis, String histogram) {

    /** Sums up a histogram of microseconds. */
    public static Latencies of(Histogram micros) {
        return new Latencies(
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(99)),
                millis(micros.getValueAtPercentile(99.9)),
                millis(micros.getMaxValue()),
                encode(micros));
    }

    /** Values in microseconds, to be merged with those of another caller. */
    public Histogram decode() {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        } catch (DataFormatException notOurs) {
            throw new IllegalArgumentException("not a compressed histogram", notOurs);
        }
    }

    private static String encode(Histogram micros) {
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }
}
