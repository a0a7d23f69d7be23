package io.landfall.examples.quickstart;

/**
 * One of the runs.
 *
 * @param protocol {@code dubbo} or {@code tri}
 */
record RunName(String protocol, Mode mode) {

    /** A process's name, unique among all runs. */
    String of(String process) {
        return protocol + "-" + mode.word() + "-" + process;
    }

    @Override
    public String toString() {
        return protocol + " " + mode.word();
    }
}
