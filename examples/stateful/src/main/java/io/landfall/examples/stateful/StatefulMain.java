package io.landfall.examples.stateful;

import java.io.IOException;

/** Serves until SIGTERM. */
public final class StatefulMain {

    private StatefulMain() {}

    /** Starts one instance, which outlives this method. */
    public static void main(String[] args) throws IOException {
        Instance.start(Settings.of(System.getenv()), OwnAddress.find());
    }
}
