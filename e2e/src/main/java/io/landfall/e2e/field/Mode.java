package io.landfall.e2e.field;

/** What the pods are made of; consumers and the old world are stock Dubbo in both. */
public enum Mode {
    /** With Landfall's jars on the class path. */
    LANDFALL("greeter-landfall.yaml"),
    /** Dubbo as it is, told to register the external address. */
    STOCK("greeter-stock.yaml");

    private final String manifest;

    Mode(String manifest) {
        this.manifest = manifest;
    }

    String manifest() {
        return manifest;
    }
}
