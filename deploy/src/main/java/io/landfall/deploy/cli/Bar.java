package io.landfall.deploy.cli;

/** Pods as a bar: ready ones, new ones that are not ready, and the rest. */
final class Bar {

    private static final int WIDTH = 40;

    private Bar() {}

    static String of(int ready, int updated, int wanted) {
        int cells = Math.min(WIDTH, Math.max(1, wanted));
        int full = cells(ready, wanted, cells);
        int half = Math.max(full, cells(updated, wanted, cells));
        return "[" + "#".repeat(full) + "+".repeat(half - full) + ".".repeat(cells - half) + "] " + ready + "/"
                + wanted;
    }

    private static int cells(int pods, int wanted, int cells) {
        return wanted == 0 ? cells : Math.min(cells, pods * cells / wanted);
    }
}
