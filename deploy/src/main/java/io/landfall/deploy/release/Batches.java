package io.landfall.deploy.release;

import java.util.List;

/**
 * How many pods at a time, as somebody wrote it: {@code 2} batches of equal size, or a list of {@code 1,25%,rest}.
 *
 * @param sizes one for each batch
 */
public record Batches(List<Size> sizes) {

    /** Copies the list. */
    public Batches {
        sizes = List.copyOf(sizes);
    }

    /** The size of one batch. */
    public sealed interface Size {

        /** So many pods. */
        record Pods(int count) implements Size {}

        /** A share of all pods, rounded up. */
        record Percent(int share) implements Size {}

        /** One of several batches of equal size. */
        record Equal() implements Size {}

        /** All that is left. */
        record Rest() implements Size {}
    }
}
