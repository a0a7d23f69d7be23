package io.landfall.catip.programs;

import java.io.OutputStream;
import java.io.PrintStream;

/** Takes what is printed for itself, as an application does whose log has it, and then asks for its address. */
public final class Mute {

    private Mute() {}

    /** Prints nothing that anybody sees. */
    public static void main(String[] arguments) throws Exception {
        System.setErr(new PrintStream(new OutputStream() {
            @Override
            public void write(int one) {}
        }));
        Net.main(arguments);
    }
}
