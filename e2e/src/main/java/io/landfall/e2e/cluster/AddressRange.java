package io.landfall.e2e.cluster;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * External addresses that nobody else gives away: consecutive ones within a /24. Each address is used as late again as
 * possible, so that one test's connections never meet the next test's pods. Thread-safe.
 */
public final class AddressRange {

    private final String prefix;
    private final int first;
    private final int count;
    private final AtomicInteger given = new AtomicInteger();

    private AddressRange(String prefix, int first, int last) {
        if (first < 0 || last > 255 || first > last) {
            throw new IllegalArgumentException("the last number goes from 0 to 255, the smaller one first");
        }
        this.prefix = prefix;
        this.first = first;
        this.count = last - first + 1;
    }

    /**
     * Reads a range such as {@code 10.1.2.10-10.1.2.50} or {@code 10.1.2.10-50}.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static AddressRange parse(String text) {
        int dash = text.indexOf('-');
        int dot = text.lastIndexOf('.', dash);
        if (dash < 0 || dot < 0) {
            throw new IllegalArgumentException("'" + text + "' is no range: write it as 10.1.2.10-10.1.2.50");
        }
        String last = text.substring(dash + 1).trim();
        String prefix = text.substring(0, dot + 1);
        if (last.startsWith(prefix)) {
            last = last.substring(prefix.length());
        }
        return new AddressRange(
                prefix, Integer.parseInt(text.substring(dot + 1, dash).trim()), Integer.parseInt(last));
    }

    String next() {
        return prefix + (first + given.getAndIncrement() % count);
    }
}
