package io.landfall.e2e.field;

/** Who has Landfall's jars on the class path. The old world's providers are stock in all of them. */
public enum Mode {
    /** The pods; consumers are stock. All that is needed over HTTP and over the dubbo protocol. */
    LANDFALL,
    /** The pods and the consumers, which over triple can lose calls by themselves otherwise. */
    BOTH_SIDES,
    /** Nobody. The pods are told to register the external address. */
    STOCK,
    /** Nobody, and the pods have the best that there is in its place: everything shuts down gracefully, after a sleep. */
    STOCK_AT_ITS_BEST;

    /** What has to have Landfall so that no call is lost. */
    public static Mode losslessOver(String protocol) {
        return protocol.equals("tri") ? BOTH_SIDES : LANDFALL;
    }

    boolean inPods() {
        return this == LANDFALL || this == BOTH_SIDES;
    }

    boolean onConsumers() {
        return this == BOTH_SIDES;
    }
}
