package io.landfall.deploy.diagnosis;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a probe asks. */
final class ProbeAim {

    private ProbeAim() {}

    static String words(@Nullable Probe probe) {
        if (probe == null) {
            return "it";
        }
        if (probe.getHttpGet() != null) {
            String path = probe.getHttpGet().getPath() == null
                    ? "/"
                    : probe.getHttpGet().getPath();
            return "GET " + OneLine.of(path) + " on port "
                    + shown(probe.getHttpGet().getPort());
        }
        if (probe.getTcpSocket() != null) {
            return "a connection to port " + shown(probe.getTcpSocket().getPort());
        }
        if (probe.getGrpc() != null) {
            return "gRPC's health check on port " + probe.getGrpc().getPort();
        }
        return probe.getExec() == null
                ? "it"
                : "the command " + program(probe.getExec().getCommand());
    }

    /** What follows may be anything, and is not needed to find it. */
    private static String program(List<String> command) {
        return command.isEmpty() ? "" : OneLine.of(command.get(0));
    }

    private static String shown(@Nullable IntOrString port) {
        return port == null || port.getValue() == null ? "?" : port.getValue().toString();
    }
}
