package io.landfall.e2e.field;

/** Who has Landfall's jars on the class path. The old world's providers are stock Dubbo in all of them. */
public enum Mode {
    /** The pods; consumers are stock Dubbo. All that is needed over the dubbo protocol. */
    LANDFALL("greeter-landfall.yaml", false),
    /** The pods and the consumers, which over triple can lose calls by themselves otherwise. */
    BOTH_SIDES("greeter-landfall.yaml", true),
    /** Nobody. The pods are told to register the external address. */
    STOCK("greeter-stock.yaml", false);

    private final String manifest;
    private final boolean onConsumers;

    Mode(String manifest, boolean onConsumers) {
        this.manifest = manifest;
        this.onConsumers = onConsumers;
    }

    /** What has to have Landfall so that no call is lost. */
    public static Mode losslessOver(String protocol) {
        return protocol.equals("tri") ? BOTH_SIDES : LANDFALL;
    }

    String manifest() {
        return manifest;
    }

    boolean onConsumers() {
        return onConsumers;
    }
}
