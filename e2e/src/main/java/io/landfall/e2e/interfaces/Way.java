package io.landfall.e2e.interfaces;

/** How pods behind a balancer are entered in a registry. */
public enum Way {
    /** Stock: each by its own address, which the world outside cannot reach. What everything is compared with. */
    POD_ADDRESSES(false),
    /** Stock, told the balancer's address, as the seed team did by hand. */
    ONE_ADDRESS(false),
    /** Landfall, and an address of numbers: each interface owns its connections. Refused unless allowed. */
    OWN_CONNECTIONS(true),
    /** Landfall, and a wildcard name: each pod has a name of its own. */
    NAMES(true);

    private final boolean landfall;

    Way(boolean landfall) {
        this.landfall = landfall;
    }

    /** Whether pods have Landfall. */
    public boolean hasLandfall() {
        return landfall;
    }
}
