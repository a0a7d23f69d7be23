package io.landfall.catip;

/** Addresses for tests of other packages; outside tests they come from the file only. */
public final class TestAddress {

    private TestAddress() {}

    /** Reads one. */
    public static Address of(String text) {
        return Address.parse(text);
    }
}
