package io.landfall.e2e.field;

import java.io.IOException;
import java.util.Set;

/** Where providers are entered, at an address that both worlds reach. */
interface Registry extends AutoCloseable {

    /** As its clients want it. */
    String url();

    /** How many entries point at an address right now. */
    long entriesOf(String address);

    /** The pods that Landfall has entered. */
    Set<String> pods();

    @Override
    void close() throws IOException;
}
